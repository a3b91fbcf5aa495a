export { agreement } from './choice-words.ts';
export { type ClickTarget, createLinks, isSafeTarget, type Links, type LinkTarget } from './links.ts';
export { createPages } from './pages.ts';
export type { PagesDeps } from './ports.ts';
