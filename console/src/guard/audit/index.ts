export { auditRoutePages } from './routes.ts';
