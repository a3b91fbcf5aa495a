export type { HomeDeps } from './ports.ts';
export { bindHomeRoutes } from './routes.ts';
export { createHome, type Home } from './service.ts';
