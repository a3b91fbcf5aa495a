export { roomPage } from './room-page.ts';
export { insideRoute, rootRoute } from './routes.ts';
