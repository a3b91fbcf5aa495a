import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { countTest } from './store.ts';

/** Enough for somebody who polishes a text; not enough to flood a mailbox or to use up a relay (S-05). */
const MOST_PER_HOUR = 20;
const HOUR_MS = 3_600_000;

/** Counts one test message of this person. @throws rate_limited, with how long to wait */
export const takeTest = async (
  tx: Tx,
  deps: { readonly clock: Clock; readonly ids: Ids },
  personId: string,
): Promise<void> => {
  const now = deps.clock.now();
  const test = { id: deps.ids.next(), personId, now, since: new Date(now.getTime() - HOUR_MS) };
  const waitsFor = await countTest(tx, test, MOST_PER_HOUR);
  if (waitsFor === null) return;
  const minutes = Math.max(1, Math.ceil((waitsFor.getTime() + HOUR_MS - now.getTime()) / 60_000));
  throw appError('rate_limited', {
    message: `You sent ${MOST_PER_HOUR} test messages within an hour, which is the most. Look at the preview meanwhile; the next test can leave in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    details: { reason: 'test_limit', limit: MOST_PER_HOUR, minutes },
  });
};
