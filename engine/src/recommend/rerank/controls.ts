import { checkProbability, engineError } from '../../errors/index.ts';
import { greedyList, likenessOfPlaces } from './greedy.ts';
import {
  type CostAnswer,
  checkDial,
  type Dial,
  type LearnedCost,
  type ListMaking,
  NO_STRENGTHS,
  otherThanLearned,
  statedAt,
  strengthWithin,
} from './learned-cost.ts';
import { checkPrices, type PriceBand, priceFit } from './price-band.ts';
import { costOfList, type Relevant } from './relevance.ts';

/**
 * How much of a control: a strength in [0, 1] (0 nothing, ½ as much as relevance, 1 before relevance), or the most that the list may cost with
 * it and what is on before it. For that, and for a cost to be stated, what it costs has to be learned (`learnCost`).
 */
export type ControlAmount =
  | { readonly strength: number; readonly learned?: LearnedCost; readonly mostCost?: never }
  | { readonly mostCost: number; readonly learned: LearnedCost; readonly strength?: never };

export interface Controls {
  /** Prefers the person's usual prices. `price` per item, 0 unknown; tolerance as `priceFit`, 1.5 unless said. */
  readonly priceBand?: ControlAmount & {
    readonly band: Pick<PriceBand, 'low' | 'high'>;
    readonly price: Float64Array;
    readonly tolerance?: number;
  };
  /** Prefers what few people have. Bits per item, as `selfInformation`. */
  readonly novelty?: ControlAmount & { readonly bits: Float64Array };
  /** Avoids what is alike. Likeness of two items in [0, 1]. */
  readonly diversity?: ControlAmount & { readonly likeness: (a: number, b: number) => number };
}

/** What a control did, in the order price band, novelty, diversity. */
export interface ControlReport {
  readonly control: Exclude<Dial, 'surprise'>;
  readonly strength: number;
  /** Of the list with this control and those before it. Where `mostCost` cannot be promised, why; the control is then off. */
  readonly cost: CostAnswer;
  /**
   * Share of the plain ranking's predicted score given up beyond the controls before it; below 0 where it brings back what another gave up. No
   * price: it can be a third of what people's purchases say, or three times as much.
   */
  readonly predicted: number;
  /** Of the list, without this control and with it: mean fit with the band · mean bits · 1 − mean likeness of its pairs. */
  readonly before: number;
  readonly after: number;
}

const weightOf = (strength: number): number => (strength >= 1 ? 1e9 : strength / (1 - strength));

interface Choice {
  readonly bonus: Float64Array;
  readonly likeness?: { readonly weight: number; readonly of: (a: number, b: number) => number };
}

interface Applied {
  readonly name: ControlReport['control'];
  readonly amount: ControlAmount;
  readonly choose: (before: Choice, strength: number) => Choice;
  readonly measure: (list: Uint32Array) => number;
}

const additive = (values: Float64Array): Applied['choose'] => {
  return (before, strength) => ({
    ...before,
    bonus: before.bonus.map((bonus, k) => bonus + weightOf(strength) * (values[k] as number)),
  });
};

const meanOf =
  (values: Float64Array) =>
  (list: Uint32Array): number =>
    list.reduce((sum, k) => sum + (values[k] as number), 0) / Math.max(1, list.length);

const appliedControls = (
  { item }: Relevant,
  { priceBand, novelty, diversity }: Controls,
): readonly Applied[] => {
  const found: Applied[] = [];
  if (priceBand) {
    const { band, price, tolerance = 1.5 } = priceBand;
    checkPrices(price, item);
    const fit = Float64Array.from(item, (one) => priceFit(band, price[one] as number, tolerance));
    found.push({ name: 'price_band', amount: priceBand, choose: additive(fit), measure: meanOf(fit) });
  }
  if (novelty) {
    const bits = Float64Array.from(item, (one) => novelty.bits[one] ?? Number.NaN);
    if (bits.some((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY)))
      throw engineError('out_of_range', 'novelty needs bits >= 0 of every candidate');
    const most = bits.reduce((a, b) => Math.max(a, b), 0) || 1;
    const share = bits.map((value) => value / most);
    found.push({ name: 'novelty', amount: novelty, choose: additive(share), measure: meanOf(bits) });
  }
  if (diversity) {
    const of = likenessOfPlaces(item, diversity.likeness);
    found.push({
      name: 'diversity',
      amount: diversity,
      choose: (before, strength) => ({ ...before, likeness: { weight: weightOf(strength), of } }),
      measure: (list) => {
        let sum = 0;
        let pairs = 0;
        list.forEach((a, place) => {
          for (const b of list.subarray(0, place)) {
            sum += of(a, b);
            pairs += 1;
          }
        });
        return pairs > 0 ? 1 - sum / pairs : 0;
      },
    });
  }
  return found;
};

export const NOTHING_GIVEN_UP: CostAnswer = { kind: 'stated', estimate: 0, low: 0, high: 0 };

/** What a strength costs beside what is on before it. */
export const costStated = (
  strength: number,
  learned: LearnedCost | undefined,
  making: ListMaking,
): CostAnswer => {
  if (!learned) return { kind: 'no_answer', reason: 'not_learned' };
  const other = otherThanLearned(learned, making);
  return other ? { kind: 'no_answer', reason: 'not_measured', other } : statedAt(learned, strength);
};

/** The strength asked for; 0 where it is asked for by its cost and that was not measured for lists like this. */
const strengthOf = (
  dial: Dial,
  { strength, mostCost, learned }: ControlAmount,
  making: ListMaking,
): number => {
  checkDial(dial, learned);
  if (strength !== undefined) return checkProbability(`strength of ${dial}`, strength);
  const most = checkProbability(`mostCost of ${dial}`, mostCost);
  return otherThanLearned(learned, making) ? 0 : strengthWithin(learned, most);
};

export interface ControlledList {
  readonly list: Uint32Array;
  readonly reports: readonly ControlReport[];
  readonly cost: CostAnswer;
  /** How it was made, with the strengths of all controls. */
  readonly making: ListMaking;
}

/** The list under all controls, one after the other, and what they cost. O(controls × count × candidates). */
export const controlledList = (relevant: Relevant, controls: Controls, count: number): ControlledList => {
  const { relevance } = relevant;
  const listOf = (choice: Choice): Uint32Array => greedyList({ relevance, count, ...choice });
  let choice: Choice = { bonus: new Float64Array(relevance.length) };
  let list = listOf(choice);
  const before: Record<Dial, number> = { ...NO_STRENGTHS };
  const curve = relevant.scale === 'calibrated';
  const making: ListMaking = { count, candidates: relevance.length, curve, before };
  let cost: CostAnswer = NOTHING_GIVEN_UP;
  const reports: ControlReport[] = [];
  for (const { name, amount, choose, measure } of appliedControls(relevant, controls)) {
    const strength = strengthOf(name, amount, making);
    const asked: CostAnswer =
      amount.strength === undefined || strength > 0 ? costStated(strength, amount.learned, making) : cost;
    if (strength > 0) {
      choice = choose(choice, strength);
      cost = asked;
      before[name] = strength;
    }
    const next = listOf(choice);
    const predicted = costOfList(relevance, next) - costOfList(relevance, list);
    reports.push({
      control: name,
      strength,
      cost: asked,
      predicted,
      before: measure(list),
      after: measure(next),
    });
    list = next;
  }
  return { list, reports, cost, making };
};
