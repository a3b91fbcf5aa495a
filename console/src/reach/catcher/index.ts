export { catcherRoutePages } from './routes.ts';
