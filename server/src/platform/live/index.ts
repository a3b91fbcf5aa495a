export { createLive, type Live, type LiveDeps } from './live.ts';
export { createPublish, type LiveSubject, type Publish } from './publish.ts';
export { bindLiveRoutes } from './routes.ts';
