export {
  CLICKHOUSE_MIGRATIONS,
  POSTGRES_MIGRATIONS,
  type TestCluster,
  type TestDatabase,
} from './cluster.ts';
export { createTestStores, TEST_NOW, type TestStores, testCluster } from './stores.ts';
export { temporaryDataFolder } from './temporary-folder.ts';
