import type { Tx } from '#platform/postgres';
import { allow, block, hold, type Rule, type Verdict } from '../rule.ts';

export interface PressurePort {
  /** Per person, the instants after `since` that count, oldest first, this batch's own rows left out. */
  readonly countedSince: (
    tx: Tx,
    input: { readonly profileIds: readonly string[]; readonly since: Date },
  ) => Promise<ReadonlyMap<string, readonly Date[]>>;
}

/** How many of a person's earlier messages fall into the sliding window (now − hours, now]. */
export const insideWindow = (counted: readonly Date[], now: Date, hours: number): readonly Date[] => {
  const since = now.getTime() - hours * 3_600_000;
  return counted.filter((at) => at.getTime() > since);
};

/**
 * At most `messages` per sliding window and person, over all campaigns: what is claimed, attempting, accepted or
 * uncertain counts. True under concurrency because the caller holds the lock on the person's row.
 */
export const createPressure = (port: PressurePort): Rule => ({
  name: 'pressure',
  moments: ['claim'],
  judge: async ({ tx, now, run, settings }, sends) => {
    const { messages, hours } = settings.pressureCap;
    const since = new Date(now.getTime() - hours * 3_600_000);
    const counted = await port.countedSince(tx, {
      profileIds: sends.map(({ profileId }) => profileId),
      since,
    });
    const allowedHere = new Map<string, number>();
    return sends.map(({ profileId }): Verdict => {
      const before = insideWindow(counted.get(profileId) ?? [], now, hours);
      const here = allowedHere.get(profileId) ?? 0;
      if (before.length + here < messages) {
        allowedHere.set(profileId, here + 1);
        return allow;
      }
      if (run.onPressure === 'block' || messages === 0) return block('pressure');
      // Room again when enough of the oldest have left the window; those of this batch leave it last.
      const leaver = before[before.length + here - messages];
      return hold('pressure', new Date((leaver ?? now).getTime() + hours * 3_600_000));
    });
  },
});
