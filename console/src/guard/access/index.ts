export { accessRoutePages } from './routes.ts';
