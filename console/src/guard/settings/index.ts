export { stepPlaces, stepRoles } from './next-place.ts';
export { settingsRoutePages } from './routes.ts';
