import type { campaignProgress } from '@mesure/contract/campaigns';
import type { SendState } from '@mesure/contract/sends';
import type { z } from 'zod';

export type Progress = z.output<typeof campaignProgress>;

export type Part =
  | 'accepted'
  | 'waiting'
  | 'held'
  | 'rejected'
  | 'uncertain'
  | 'blocked'
  | 'cancelled'
  | 'campaignHoldout'
  | 'globalHoldout';

const statesOf: Readonly<Record<Exclude<Part, 'campaignHoldout' | 'globalHoldout'>, readonly SendState[]>> = {
  accepted: ['accepted'],
  waiting: ['queued', 'claimed', 'attempting'],
  held: ['held'],
  uncertain: ['uncertain'],
  rejected: ['rejected'],
  blocked: ['blocked'],
  cancelled: ['cancelled'],
};

export interface Tallied {
  readonly part: Part;
  readonly people: number;
  /** Of the audience, in [0, 1]. */
  readonly share: number;
  readonly reasons: readonly { readonly state: SendState; readonly reason: string; readonly count: number }[];
}

/** Everybody of the audience in exactly one part; parts without anybody are left out. */
export const tally = (progress: Progress): readonly Tallied[] => {
  const { audience, counts, byReason } = progress;
  const tallied = (part: Part, people: number, reasons: Tallied['reasons'] = []): Tallied => ({
    part,
    people,
    share: audience > 0 ? people / audience : 0,
    reasons,
  });
  const ofLedger = Object.entries(statesOf).map(([part, states]) =>
    tallied(
      part as Part,
      states.reduce((sum, state) => sum + (counts[state] ?? 0), 0),
      byReason.flatMap(({ state, reason, count }) =>
        reason !== null && count > 0 && states.includes(state) ? [{ state, reason, count }] : [],
      ),
    ),
  );
  return [
    ...ofLedger,
    tallied('campaignHoldout', progress.campaignHoldout),
    tallied('globalHoldout', progress.globalHoldout),
  ].filter(({ people }) => people > 0);
};

/** Sends that can still leave or be cancelled. */
export const stillOpen = ({ counts }: Progress): number =>
  (['queued', 'held', 'claimed', 'attempting'] as const).reduce(
    (sum, state) => sum + (counts[state] ?? 0),
    0,
  );
