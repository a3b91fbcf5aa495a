import { checkProbability, engineError } from '../../errors/index.ts';
import { greedyList, rememberLikeness } from './greedy.ts';
import { checkPrices, type PriceBand, priceFit } from './price-band.ts';
import { costOfList, type Relevant } from './relevance.ts';

/**
 * How much of a control: a strength in [0, 1] (0 nothing, ½ as much as relevance, 1 before relevance), or the most it may cost: the
 * largest strength is then taken that gives up no more than this share of the predicted score.
 */
export type ControlAmount =
  | { readonly strength: number; readonly mostCost?: never }
  | { readonly mostCost: number; readonly strength?: never };

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

/** What a control did, and what it cost beyond the controls before it (in the order price band, novelty, diversity). */
export interface ControlReport {
  readonly control: 'price_band' | 'novelty' | 'diversity';
  readonly strength: number;
  /** Share of the plain ranking's predicted score given up; can be below 0 where a control brings back what another gave up. */
  readonly cost: number;
  /** Of the list, without this control and with it: mean fit with the band · mean bits · 1 − mean likeness of its pairs. */
  readonly before: number;
  readonly after: number;
}

/** Strengths tried for a cost: 1/64 apart. */
const STEPS = 64;
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
    const of = rememberLikeness(item, diversity.likeness);
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

/** The largest strength whose list stays within the cost; costs rise with strength but for steps, and only what was tried is taken. */
const strengthFor = (most: number, costAt: (strength: number) => number): number => {
  let low = 0;
  let high = STEPS + 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (costAt(middle / STEPS) <= most + 1e-12) low = middle;
    else high = middle;
  }
  return low / STEPS;
};

/** The list under all controls, one after the other, and what each cost. O(controls × 7 × count × candidates). */
export const controlledList = (
  relevant: Relevant,
  controls: Controls,
  count: number,
): { readonly list: Uint32Array; readonly reports: readonly ControlReport[] } => {
  const { relevance } = relevant;
  const listOf = (choice: Choice): Uint32Array => greedyList({ relevance, count, ...choice });
  let choice: Choice = { bonus: new Float64Array(relevance.length) };
  let list = listOf(choice);
  const reports: ControlReport[] = [];
  for (const { name, amount, choose, measure } of appliedControls(relevant, controls)) {
    const before = choice;
    const paid = costOfList(relevance, list);
    const costAt = (strength: number): number =>
      costOfList(relevance, listOf(choose(before, strength))) - paid;
    const strength =
      amount.strength === undefined
        ? strengthFor(checkProbability(`mostCost of ${name}`, amount.mostCost), costAt)
        : checkProbability(`strength of ${name}`, amount.strength);
    choice = strength > 0 ? choose(before, strength) : before;
    const next = listOf(choice);
    reports.push({
      control: name,
      strength,
      cost: costOfList(relevance, next) - paid,
      before: measure(list),
      after: measure(next),
    });
    list = next;
  }
  return { list, reports };
};
