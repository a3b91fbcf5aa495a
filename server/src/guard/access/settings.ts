import { defaultSettings, type SettingsChange, type WorkspaceSettings } from '@mesure/contract/settings';
import type { AuditDoor } from '#guard/audit';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { createLogos, type Logos } from './logo.ts';
import { checkPublicUrl } from './public-url.ts';
import { readSettings, writeSettings } from './settings-store.ts';

export interface Settings {
  readonly logos: Logos;
  /** The settings of the transaction's workspace. */
  readonly get: (tx: Tx) => Promise<WorkspaceSettings>;
  /** Changes what is named and leaves the rest; answers all settings. Audited with the fields that changed. */
  readonly save: (tx: Tx, change: SettingsChange, actor: Actor) => Promise<WorkspaceSettings>;
}

export type StartingSettings = Pick<WorkspaceSettings, 'name' | 'timeZone' | 'currency' | 'language'> &
  Partial<WorkspaceSettings>;

/** Loopback over http is kept here; the sender refuses it as soon as messages may leave the catcher. */
const withCheckedUrl = (settings: WorkspaceSettings): WorkspaceSettings => {
  if (settings.publicUrl === null) return settings;
  const verdict = checkPublicUrl(settings.publicUrl, { pinnedToCatcher: true });
  if (verdict.ok) return { ...settings, publicUrl: verdict.origin };
  throw appError('unprocessable', {
    message: verdict.message,
    details: { reason: verdict.reason, field: 'publicUrl' },
  });
};

export const startingSettings = (start: StartingSettings): WorkspaceSettings =>
  withCheckedUrl({ ...defaultSettings, ...start });

const changedFields = (before: WorkspaceSettings, after: WorkspaceSettings): (keyof WorkspaceSettings)[] =>
  (Object.keys(after) as (keyof WorkspaceSettings)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );

const pick = (settings: WorkspaceSettings, fields: readonly (keyof WorkspaceSettings)[]): object =>
  Object.fromEntries(fields.map((field) => [field, settings[field]]));

const given = (change: object): object =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

const found = async (tx: Tx, lock: boolean): Promise<WorkspaceSettings> => {
  const settings = await readSettings(tx, { lock });
  if (!settings) throw appError('not_found', { message: 'This workspace does not exist.' });
  return settings;
};

export const createSettings = ({ audit }: { readonly audit: AuditDoor }): Settings => ({
  logos: createLogos({ audit }),
  get: (tx) => found(tx, false),
  save: async (tx, change, actor) => {
    const before = await found(tx, true);
    const { brand, ...others } = change;
    const after = withCheckedUrl({
      ...before,
      ...given(others),
      brand: { ...before.brand, ...given(brand ?? {}) },
    });
    const fields = changedFields(before, after);
    if (fields.length === 0) return before;
    await writeSettings(tx, after);
    await audit.record(tx, {
      actor,
      action: 'settings.changed',
      subject: { kind: 'workspace', id: actor.workspaceId },
      before: pick(before, fields),
      after: pick(after, fields),
    });
    return after;
  },
});
