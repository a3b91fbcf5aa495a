import type { Mix } from './mix.ts';

/** When people act, by hour of their week; plain and serialisable. */
export interface TimingModel {
  readonly kind: 'timing';
  readonly people: number;
  readonly groups: number;
  /** Length people. */
  readonly group: Uint32Array;
  /** Length 168, sums to 1: what a group without events has. */
  readonly population: Float64Array;
  /** groups × 168, each row sums to 1: what a person without events has. */
  readonly groupShares: Float64Array;
  /** Length 168: how often each hour could carry events while these happened; any unit. */
  readonly exposure: Float64Array;
  /** How the population leans on the uniform, groups on the population, people on their groups. */
  readonly mixes: { readonly population: Mix; readonly group: Mix; readonly person: Mix };
  /** Hours of the week of person u, ascending, each once, at `start[u]` to `start[u + 1]`, with the weight of the person's events there. */
  readonly start: Uint32Array;
  readonly hour: Uint8Array;
  readonly weight: Float32Array;
  readonly diagnostics: {
    /** Distinct hours in which somebody did something. */
    readonly events: number;
    readonly peopleWithEvents: number;
    /** `assumed`: nobody came on two days, so that nothing says how much people differ. */
    readonly concentration: 'fitted' | 'assumed';
  };
}

/** `no_events`: nothing happened in the whole history. */
export interface NoTimingAnswer {
  readonly kind: 'no_answer';
  readonly reason: 'no_events';
}
