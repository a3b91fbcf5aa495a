export { type ChdbOptions, openChdb } from './chdb.ts';
export { clickHouseCodeOf, translateClickHouse } from './failure.ts';
export { type ClickHouseHttpOptions, openClickHouseHttp } from './http.ts';
export { migrateClickHouse } from './migrate.ts';
export type { ClickHouse, ClickHouseInsert, ClickHouseQuery, Lane } from './port.ts';
