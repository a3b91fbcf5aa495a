import { defaultSettings, type WorkspaceSettings } from '@mesure/contract/settings';
import type { Tx } from '#platform/postgres';

interface WorkspaceRow {
  readonly name: string;
  readonly public_url: string | null;
  readonly time_zone: string;
  readonly currency: string;
  readonly language: WorkspaceSettings['language'];
  readonly settings: Partial<WorkspaceSettings>;
}

const columns = 'name, public_url, time_zone, currency, language, settings';

/** The transaction's workspace; the row stays locked when it is about to be changed. */
export const readSettings = async (tx: Tx, options: { lock: boolean }): Promise<WorkspaceSettings | null> => {
  const row = await tx.maybe<WorkspaceRow>(
    `select ${columns} from workspace where id = app_workspace() ${options.lock ? 'for update' : ''}`,
  );
  if (!row) return null;
  const { quietHours, pressureCap, globalHoldoutShare, experimentWindowDays, brand } = {
    ...defaultSettings,
    ...row.settings,
  };
  return {
    name: row.name,
    publicUrl: row.public_url,
    timeZone: row.time_zone,
    currency: row.currency,
    language: row.language,
    quietHours,
    pressureCap,
    globalHoldoutShare,
    experimentWindowDays,
    brand,
  };
};

const valuesOf = (settings: WorkspaceSettings): readonly unknown[] => {
  const { name, publicUrl, timeZone, currency, language, ...rest } = settings;
  return [name, publicUrl, timeZone, currency, language, JSON.stringify(rest)];
};

export const writeSettings = (tx: Tx, settings: WorkspaceSettings): Promise<number> =>
  tx.run(
    `update workspace set name = $1, public_url = $2, time_zone = $3, currency = $4, language = $5, settings = $6
     where id = app_workspace()`,
    valuesOf(settings),
  );

/** False when the workspace is there already. */
export const insertWorkspace = async (tx: Tx, settings: WorkspaceSettings, now: Date): Promise<boolean> =>
  (await tx.run(
    `insert into workspace (id, name, public_url, time_zone, currency, language, settings, created_at)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing`,
    [...valuesOf(settings), now],
  )) === 1;
