export { AnchorLink } from './anchor-link.tsx';
export { isolated } from './isolated.ts';
export { type Named, nameOf } from './name.ts';
export { peopleRoutePages } from './routes.ts';
export { Stored } from './stored.tsx';
