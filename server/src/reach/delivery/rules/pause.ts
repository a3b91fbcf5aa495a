import type { Tx } from '#platform/postgres';
import { allow, block, type Rule } from '../rule.ts';

export interface PausePort {
  /** People who asked for a pause that is not over at `now`, and until when. */
  readonly active: (tx: Tx, profileIds: readonly string[], now: Date) => Promise<ReadonlyMap<string, Date>>;
}

/** A pause means "not this": what a campaign had to say today is not said a month later. */
export const createPause = (port: PausePort): Rule => ({
  name: 'pause',
  moments: ['claim', 'attempt'],
  judge: async ({ tx, now }, sends) => {
    const paused = await port.active(
      tx,
      sends.map(({ profileId }) => profileId),
      now,
    );
    return sends.map(({ profileId }) => (paused.has(profileId) ? block('person_paused') : allow));
  },
});
