export { lazyPage } from './lazy-page.ts';
export { roomPage } from './room-page.ts';
export { insideRoute, rootRoute } from './routes.ts';
export { useAsk } from './use-ask.ts';
