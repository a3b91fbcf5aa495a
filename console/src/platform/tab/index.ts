export { browserStore } from './browser-store.ts';
export { thisTab } from './this-tab.ts';
