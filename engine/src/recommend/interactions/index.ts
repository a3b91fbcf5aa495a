export { byItem, type ItemPairs } from './by-item.ts';
export { type CollectSettings, collectInteractions } from './collect.ts';
export type { TasteEvents } from './events.ts';
export { historyOf } from './history.ts';
export type { Interactions, TasteHistory } from './interactions.ts';
export { splitByTime } from './split.ts';
