import type { consentEntrySchema } from '@mesure/contract/consent';
import type { z } from 'zod';

export type ConsentEntry = z.output<typeof consentEntrySchema>;

export interface Standing {
  readonly state: 'granted' | 'withdrawn' | 'none';
  /** Since when; null: nothing was ever said. */
  readonly at: string | null;
}

/** What counts today for one purpose; with several senders, a grant to one of them is enough to be written to. */
export const standingOf = (entries: readonly ConsentEntry[], purpose: string): Standing => {
  const standing = entries.filter((entry) => entry.standing && entry.purpose === purpose);
  const found = standing.find(({ state }) => state === 'granted') ?? standing[0];
  return found ? { state: found.state, at: found.at } : { state: 'none', at: null };
};

export interface PurposeHistory {
  readonly purpose: string;
  readonly entityId: string;
  readonly channel: ConsentEntry['channel'];
  readonly standing: ConsentEntry | undefined;
  /** Everything that was said, newest first. */
  readonly entries: readonly ConsentEntry[];
}

/** One line of history for each sender and purpose, in the order in which they were first seen. */
export const byPurpose = (entries: readonly ConsentEntry[]): readonly PurposeHistory[] => {
  const grouped = Map.groupBy(
    entries,
    ({ entityId, channel, purpose }) => `${entityId} ${channel} ${purpose}`,
  );
  return [...grouped.values()]
    .flatMap((each) => {
      const [first] = each;
      if (first === undefined) return [];
      const { purpose, entityId, channel } = first;
      return [{ purpose, entityId, channel, standing: each.find(({ standing }) => standing), entries: each }];
    })
    .toSorted((a, b) => order(a.purpose) - order(b.purpose) || (a.purpose < b.purpose ? -1 : 1));
};

const order = (purpose: string): number => {
  const place = ['prospecting', 'personalisation', 'click_tracking'].indexOf(purpose);
  return place < 0 ? 9 : place;
};
