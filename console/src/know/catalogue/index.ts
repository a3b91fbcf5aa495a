export { catalogueRoutePages } from './routes.ts';
