export { type BuyingDays, buyingDays, type Calendar, dayOf } from './days.ts';
export { checkRows, groupRows, type PurchaseRows, type RowGroups } from './groups.ts';
export type { Orders } from './orders.ts';
export { type Summaries, type SummarySettings, summarise, summariseDays } from './summarise.ts';
