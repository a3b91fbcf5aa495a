export { importsRoutePages } from './routes.ts';
