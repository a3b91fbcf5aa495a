import type { ClickHouse, Lane } from '#platform/clickhouse';
import type { Database } from '#platform/postgres';
import { visibleImportIds } from './batch-store.ts';
import { visibilityFilters } from './visibility.ts';

export interface EventQuery {
  /** May read `events`, `order_lines` and `profiles`, written plainly, as often as it likes. */
  readonly sql: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly lane?: Lane;
  readonly maxSeconds?: number;
}

export interface EventReader {
  /**
   * The only way to read events: every table of the statement shows one workspace, and of its imports those that are
   * committed at this moment. When that list cannot be read, nothing is.
   */
  readonly query: <R>(workspaceId: string, query: EventQuery) => Promise<R[]>;
}

export interface EventReaderDeps {
  readonly database: Database;
  readonly clickhouse: ClickHouse;
}

export const createEventReader = ({ database, clickhouse }: EventReaderDeps): EventReader => ({
  query: async (workspaceId, query) => {
    const visible = await database.inWorkspace(workspaceId, visibleImportIds, { readOnly: true });
    return clickhouse.query({ ...query, filters: visibilityFilters(workspaceId, visible) });
  },
});
