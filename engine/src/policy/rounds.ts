import { checkFinite, checkPositive, engineError } from '../errors/index.ts';

/** One kind of thing that may happen after a decision, and what it is worth. */
export interface Outcome {
  /** Added to the round's reward, times the value reported. */
  readonly worth: number;
  /** Several of them in a round: all count, or the largest (a second click is no second success). 'max' unless said. */
  readonly repeated?: 'sum' | 'max';
}

export interface RoundsSettings {
  /** How long rewards are waited for, in the caller's unit of time: only then is a round learned from, so that young ones are not 0. */
  readonly maturity: number;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** The reward of a round is kept in here; [0, 1] for models that need it. */
  readonly between?: readonly [number, number];
}

export interface OpenRound {
  readonly id: string;
  /** When it was decided, in the same unit. */
  readonly at: number;
  readonly action: string;
  readonly propensity: number;
  readonly context?: readonly number[];
}

export interface MatureRound extends OpenRound {
  readonly reward: number;
  readonly values: Readonly<Record<string, number>>;
}

/** 'late': after maturity, so it is not learned; 'unknown': no such round is open, or it has matured and been taken. */
export type Rewarded = 'counted' | 'late' | 'unknown';

export interface RoundsState {
  readonly version: 1;
  readonly settings: RoundsSettings;
  readonly open: readonly (OpenRound & { readonly values: Readonly<Record<string, number>> })[];
}

/** Decisions that wait for their rewards. */
export interface Rounds {
  /** @throws EngineError `repeated_unit` for an id that is open, `nan`, `not_finite` */
  readonly open: (round: OpenRound) => void;
  /** @throws EngineError `unknown_key` for an outcome that was not declared, `nan`, `not_finite` */
  readonly reward: (news: {
    readonly id: string;
    readonly outcome: string;
    readonly at: number;
    /** 1 unless said. */
    readonly value?: number;
  }) => Rewarded;
  /** Rounds whose time is over at `now`, oldest first; each is given once. O(those waiting). */
  readonly takeMature: (now: number) => readonly MatureRound[];
  readonly waiting: () => number;
  readonly save: () => RoundsState;
}

interface Held {
  readonly round: OpenRound;
  readonly values: Map<string, number>;
}

const rewardOf = (held: Held, { outcomes, between }: RoundsSettings): number => {
  let reward = 0;
  for (const [name, value] of held.values) reward += (outcomes[name]?.worth ?? 0) * value;
  return between ? Math.min(between[1], Math.max(between[0], reward)) : reward;
};

/**
 * The waiting room between decisions and learning. Rewards come late, several for one round, some never: a round is learned from once, with
 * everything that came in time. Joulani, György, Szepesvári (ICML 2013) for what delay costs: an additive term in regret.
 *
 * @throws EngineError `out_of_range`, `nan`, `not_finite`
 * @example
 * const rounds = createRounds({ maturity: 72, outcomes: { click: { worth: 0.2 }, order: { worth: 0.8 } }, between: [0, 1] });
 * rounds.open({ id: 'd1', at: 0, action: 'tea', propensity: 0.4 });
 * rounds.reward({ id: 'd1', outcome: 'click', at: 5 }); // 'counted'
 * rounds.takeMature(72); // [{ id: 'd1', reward: 0.2, … }]
 */
export const createRounds = (settings: RoundsSettings, saved?: RoundsState): Rounds => {
  checkPositive('maturity', settings.maturity);
  for (const [name, { worth }] of Object.entries(settings.outcomes)) checkFinite(`worth of “${name}”`, worth);
  if (settings.between && !(settings.between[0] < settings.between[1]))
    throw engineError('out_of_range', 'between needs low < high');
  if (saved && saved.version !== 1)
    throw engineError('version_mismatch', `rounds of version ${String(saved.version)} are not known`);
  const held = new Map<string, Held>();
  const open = (round: OpenRound, values: Readonly<Record<string, number>> = {}): void => {
    checkFinite('at', round.at);
    if (held.has(round.id))
      throw engineError('repeated_unit', `the round “${round.id}” is open`, { id: round.id });
    held.set(round.id, { round, values: new Map(Object.entries(values)) });
  };
  for (const { values, ...round } of saved?.open ?? []) open(round, values);
  return {
    open: (round) => open(round),
    reward: ({ id, outcome, at, value = 1 }) => {
      const declared = settings.outcomes[outcome];
      if (!declared) throw engineError('unknown_key', `no outcome “${outcome}” was declared`, { outcome });
      checkFinite('value', value);
      checkFinite('at', at);
      const found = held.get(id);
      if (!found) return 'unknown';
      if (at >= found.round.at + settings.maturity) return 'late';
      const before = found.values.get(outcome);
      const next =
        before === undefined ? value : declared.repeated === 'sum' ? before + value : Math.max(before, value);
      found.values.set(outcome, next);
      return 'counted';
    },
    takeMature: (now) => {
      const mature: MatureRound[] = [];
      for (const [id, each] of held) {
        if (now < each.round.at + settings.maturity) continue;
        held.delete(id);
        mature.push({
          ...each.round,
          reward: rewardOf(each, settings),
          values: Object.fromEntries(each.values),
        });
      }
      return mature.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    },
    waiting: () => held.size,
    save: () => ({
      version: 1,
      settings,
      open: [...held.values()].map(({ round, values }) => ({ ...round, values: Object.fromEntries(values) })),
    }),
  };
};
