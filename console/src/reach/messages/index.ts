export { messageRoutePages } from './routes.ts';
