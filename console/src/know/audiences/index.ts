export { audiencesRoutePages } from './routes.ts';
