export type { Bulk, BulkTarget } from './bulk.ts';
export type { LoggedEvent, NewEvent, OrderDetail, OrderLine } from './event.ts';
export { createEventReader, type EventQuery, type EventReader } from './reader.ts';
export { type Collect, type CollectDeps, createCollect } from './service.ts';
export type { Settle } from './settle-store.ts';
export type { ShippedSubscriber, Shipper } from './shipper.ts';
