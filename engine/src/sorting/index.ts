export { type SortKey, sortRows } from './sort-rows.ts';
