import { checkLength, checkPositive, engineError } from '../../errors/index.ts';
import { isHeldOut } from '../../experiment/index.ts';
import { applyFloor, drawAction, type Uniform } from '../../policy/index.ts';
import type { SlotModel } from './model.ts';
import { around, factorAround, type Neighbours, neighboursOf } from './neighbours.ts';
import { expectedAt, loadOwn } from './person-cells.ts';
import type { DayKind } from './sends.ts';
import { clampRate, strengthOf } from './shrink.ts';
import { quickThompson } from './thompson.ts';
import { createWhose, type Profiles, spreadsFor, tiltAt } from './whose-profile.ts';

export interface SlotSituation {
  readonly person: number;
  readonly day: DayKind;
  /** Length slots: 1 where a send is allowed today (quiet hours, caps, what is past); all unless said. Others are never drawn. */
  readonly candidates?: ArrayLike<number>;
}

export interface SlotRules {
  /**
   * Standard deviations are taken times this; 0.25 unless said: a person gets too few sends for Thompson sampling's own 1 to pay (simulated, 60
   * sends each: 0.159 engaged at 0.25, 0.154 at 0.5), and the floor and the randomised share explore besides.
   */
  readonly width?: number;
  /** Least probability of each allowed slot; 0.01 unless said. */
  readonly floor?: number;
  /** Share of people whose slots are always drawn evenly: what the effect is measured on. 0.1 unless said; sticky by salt and `unit`. */
  readonly randomisedShare?: number;
  readonly salt?: string;
  /** The person's lasting id; the index unless said. */
  readonly unit?: string;
}

export interface SlotDecision {
  /** 0 … slots - 1. */
  readonly slot: number;
  /** Probability with which `slot` was drawn, in (0, 1]. */
  readonly propensity: number;
  /** `randomised`: the person belongs to the permanent share. */
  readonly arm: 'randomised' | 'personal';
  /** Length slots, 0 where not allowed: what was drawn from. */
  readonly propensities: Float64Array;
  /** Length slots: what the policy would draw from for this person, randomised or not; keep it for `slotEffect`. */
  readonly personal: Float64Array;
  /** The floor that holds: 1/K where the settings' one does not fit. */
  readonly floor: number;
  /** One slot was allowed: nothing was chosen. */
  readonly forced: boolean;
}

export interface SlotShares {
  /** Length slots, 0 where not allowed; sums to 1. */
  readonly shares: Float64Array;
  readonly allowed: Uint8Array;
  /** The floor that holds. */
  readonly floor: number;
}

const cellsOf = ({ slots }: SlotModel, { person, day }: SlotSituation, people: number): number => {
  if (!(Number.isInteger(person) && person >= 0 && person < people))
    throw engineError('unknown_key', `person ${person} of ${people}`, { person });
  if (day !== 0 && day !== 1) throw engineError('unknown_key', `day must be 0 or 1, got ${String(day)}`);
  return day * slots;
};

const readers = new WeakMap<Profiles, ReturnType<typeof createWhose>>();

/** Logarithms are taken once a model. */
const whoseOf = (profiles: Profiles, cells: number): ReturnType<typeof createWhose> => {
  const made = readers.get(profiles) ?? createWhose(profiles, cells);
  readers.set(profiles, made);
  return made;
};

/** By how much a person's cells do better than an average person's: the level, and the hours of the kinds that the person may be of. */
const tiltOf = (model: SlotModel, person: number): ((cell: number) => number) => {
  const { slots, shape, activityWeight: gamma, profiles } = model;
  const level = model.factor[person] as number;
  if (profiles.weights.length === 1) return () => level;
  const cells = 2 * slots;
  const own = loadOwn(
    model,
    { person, gamma },
    { found: new Float64Array(cells), expected: new Float64Array(cells) },
  );
  const spreads = spreadsFor(profiles, { shape, personShape: model.diagnostics.personShape });
  const whose = whoseOf(profiles, cells)(own, spreads);
  return (cell) => tiltAt(whose, profiles, { cell, cells });
};

export interface SlotBeliefs {
  /** Of the Beta of each slot, length slots. */
  readonly successes: Float64Array;
  readonly failures: Float64Array;
  /** Engagement expected of a send, length slots. */
  readonly means: Float64Array;
}

/**
 * What is believed of a person's slots on a kind of day: Beta(successes, failures) each, length slots. O(slots).
 *
 * @throws EngineError `unknown_key`
 * @example slotBeliefs(model, { person: 17, day: 0 }).means[4] // engagement of a send at 08:00
 */
export const slotBeliefs = (model: SlotModel, situation: SlotSituation): SlotBeliefs => {
  const { slots, shape, activityWeight: gamma } = model;
  const first = cellsOf(model, situation, model.people);
  const cells = 2 * slots;
  const { person } = situation;
  const own = person * cells;
  const tilt = tiltOf(model, person);
  const usual = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) usual[cell] = expectedAt(model, own + cell, gamma) * tilt(cell);
  const neighbours = neighboursOf(slots);
  const successes = new Float64Array(slots);
  const failures = new Float64Array(slots);
  const means = new Float64Array(slots);
  for (let s = 0; s < slots; s++) {
    const said = around(
      neighbours[first + s] as Neighbours,
      (cell) => model.engaged[own + cell] as number,
      (cell) => (model.sends[own + cell] as number) * (usual[cell] as number),
    );
    const expected = clampRate((usual[first + s] as number) * factorAround(said, model));
    const y = model.engaged[own + first + s] as number;
    const strength = strengthOf(shape, expected);
    successes[s] = strength * expected + y;
    failures[s] = strength * (1 - expected) + (model.sends[own + first + s] as number) - y;
    means[s] = (successes[s] as number) / ((successes[s] as number) + (failures[s] as number));
  }
  return { successes, failures, means };
};

/**
 * Probabilities of the slots for a person: Thompson sampling (each slot with the probability that it is the best) over the allowed ones, at least
 * `floor` each, 0 elsewhere. Beta beliefs are taken as normal in their cube root (Wilson and Hilferty 1931): the exact probabilities of Betas would
 * cost milliseconds. Length slots. 10 to 20 µs, with several kinds of people 30.
 *
 * @throws EngineError `no_actions`, `unknown_key`, `length_mismatch`, `out_of_range`
 * @example slotShares(model, { person: 17, day: 0 }, { floor: 0.02 }).shares
 */
export const slotShares = (
  model: SlotModel,
  situation: SlotSituation,
  { floor = 0.01, width = 0.25 }: Pick<SlotRules, 'floor' | 'width'> = {},
): SlotShares => {
  checkPositive('width', width);
  const { slots } = model;
  const { candidates } = situation;
  if (candidates) checkLength('candidates', candidates.length, slots);
  const { successes, failures } = slotBeliefs(model, situation);
  const allowed = Uint8Array.from({ length: slots }, (_, s) => s).filter((s) => !candidates || candidates[s]);
  if (allowed.length === 0) throw engineError('no_actions', 'no slot of the day is allowed');
  const [means, sds] = [new Float64Array(allowed.length), new Float64Array(allowed.length)];
  allowed.forEach((s, i) => {
    const [a, b] = [successes[s] as number, failures[s] as number];
    const root = Math.cbrt(a / (a + b));
    // (sd/mean)² of the Beta; 1/a for small means, as for the Gamma of Wilson and Hilferty.
    const spread = b / (a * (a + b + 1));
    means[i] = root * (1 - spread / 9);
    sds[i] = (width * root * Math.sqrt(spread)) / 3;
  });
  const probabilities = quickThompson(means, sds);
  const held = applyFloor(probabilities, floor);
  const shares = new Float64Array(slots);
  allowed.forEach((s, i) => {
    shares[s] = probabilities[i] as number;
  });
  return { shares, allowed, floor: held };
};

/**
 * Draws a slot within the day for a person, with the probability that is logged. A permanent share of people gets even slots, for `slotEffect`.
 * Only the hour is chosen, never the day: shifting sends to other days changes who is compared with whom (the weekend bias).
 *
 * @throws EngineError as `slotShares`; `out_of_range` (randomisedShare)
 * @example
 * const { slot, propensity, personal, arm } = decideSlot(model, { person: 17, day: 0 }, { random: createRandom('sends') });
 */
export const decideSlot = (
  model: SlotModel,
  situation: SlotSituation,
  rules: SlotRules & { readonly random: Uniform },
): SlotDecision => {
  const { randomisedShare = 0.1, salt = 'timing', random } = rules;
  const unit = rules.unit ?? String(situation.person);
  const found = slotShares(model, situation, rules);
  const randomised = isHeldOut({ salt, unit, share: randomisedShare });
  const propensities = randomised ? new Float64Array(model.slots) : found.shares;
  if (randomised) for (const s of found.allowed) propensities[s] = 1 / found.allowed.length;
  const slot = drawAction(propensities, random.uniform());
  return {
    slot,
    propensity: propensities[slot] as number,
    arm: randomised ? 'randomised' : 'personal',
    propensities,
    personal: found.shares,
    floor: randomised ? 1 / found.allowed.length : found.floor,
    forced: found.allowed.length === 1,
  };
};
