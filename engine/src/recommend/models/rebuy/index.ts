export { type RebuyDue, rebuyDue } from './due.ts';
export { fitRebuy, type RebuyModel, type RebuySettings } from './fit.ts';
export { loadRebuy, saveRebuy } from './save.ts';
export { type RebuyView, rebuyTaste } from './taste.ts';
