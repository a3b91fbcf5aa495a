import type { Tx } from '#platform/postgres';
import { activePauses, deletePause, upsertPause } from './pause-store.ts';

export interface Pauses {
  /** No marketing until that instant; null resumes. */
  readonly set: (tx: Tx, profileId: string, until: Date | null) => Promise<void>;
  /** Only profiles whose pause ends after `now` (half-open: at `until` the pause is over). */
  readonly active: (tx: Tx, profileIds: readonly string[], now: Date) => Promise<Map<string, Date>>;
}

export const createPauses = (): Pauses => ({
  set: (tx, profileId, until) => (until ? upsertPause(tx, profileId, until) : deletePause(tx, profileId)),
  active: async (tx, profileIds, now) => {
    const rows = await activePauses(tx, profileIds, now);
    return new Map(rows.map((row) => [row.profile_id, row.until]));
  },
});
