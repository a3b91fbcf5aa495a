import { engineError } from '../../errors/index.ts';
import type { Watch } from '../../fitting/index.ts';
import { logistic, logit } from '../../special/index.ts';
import { EVIDENCE, type GiftEvidence, TOLD } from './evidence.ts';
import { type GiftLines, SAID_GIFT, SAID_MINE } from './gift-lines.ts';
import type { GiftModel } from './gift-model.ts';
import { type LineEvidence, walkEvidence } from './walk-evidence.ts';

export interface GiftScores {
  /** Per line, that it was a gift; 0 for returns. What the person said is 1 or 0. */
  readonly probability: Float32Array;
  /** Per line, its weight in the person's own taste: the column `own` of the events. 1 for returns. */
  readonly own: Float32Array;
}

const TOLD_INDEX = EVIDENCE.flatMap((code, e) => (TOLD.has(code) ? [e] : []));

const logOddsOf = ({ prior, intercept, strength }: GiftModel, logRatios: Float64Array): number => {
  let odds = logit(prior) + intercept;
  for (let e = 0; e < logRatios.length; e++) odds += (strength[e] as number) * (logRatios[e] as number);
  return odds;
};

/** Own taste of a line: what nobody told, or told in a way that corrections taught to ignore, takes no more than the floor leaves. */
const ownOf = ({ floor, strength }: GiftModel, probability: number, logRatios: Float64Array): number =>
  TOLD_INDEX.some((e) => (strength[e] as number) * (logRatios[e] as number) > 0)
    ? 1 - probability
    : Math.max(floor, 1 - probability);

/**
 * The probability that each line was a gift, and what it weighs in the person's own taste.
 *
 * The rule, conservative by default: own = 1 - probability; where nobody told (no wrap, note, other name or address, nor a
 * correction alike) at least `floor` (0.5). Without any evidence 1 - prior = 0.97. What the person said is exactly 0 or 1.
 * Lines of the people concerned must all be here, since each is compared with the others. O(lines × 100).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `cancelled`
 * @example collectInteractions({ ...events, own: scoreGifts(model, { events, wrapped }).own })
 */
export const scoreGifts = (model: GiftModel, lines: GiftLines, watch?: Watch): GiftScores => {
  const n = lines.events.person.length;
  const probability = new Float32Array(n);
  const own = new Float32Array(n).fill(1);
  const judge = ({ row, logRatios }: LineEvidence): void => {
    const said = lines.said?.[row];
    const p = said === SAID_GIFT ? 1 : said === SAID_MINE ? 0 : logistic(logOddsOf(model, logRatios));
    probability[row] = p;
    own[row] = said === SAID_GIFT || said === SAID_MINE ? 1 - p : ownOf(model, p, logRatios);
  };
  walkEvidence({ model, lines, watch }, judge);
  return { probability, own };
};

export interface GiftExplanation {
  readonly probability: number;
  readonly own: number;
  /** `person`: they said so, and nothing else counts. */
  readonly decidedBy: 'model' | 'person';
  /** Whether the floor held the weight up. */
  readonly atFloor: boolean;
  /** Log-odds where nothing is known; with the reasons' they sum to logit(probability). */
  readonly base: number;
  /** What counts, largest first; likelihood ratio = exp(logOdds): above 1 for a gift, below 1 against. */
  readonly reasons: readonly {
    readonly code: GiftEvidence;
    readonly logOdds: number;
    readonly likelihoodRatio: number;
  }[];
}

/**
 * Why a line has its probability. Give the lines of its person.
 *
 * @throws EngineError `out_of_range` for a row that is not a purchase
 * @example explainGift(model, lines, 3).reasons[0] // { code: 'gift_wrap', likelihoodRatio: 30, … }
 */
export const explainGift = (model: GiftModel, lines: GiftLines, row: number): GiftExplanation => {
  let found: GiftExplanation | undefined;
  walkEvidence({ model, lines }, ({ row: visited, logRatios }) => {
    if (visited !== row) return;
    const said = lines.said?.[row];
    const byPerson = said === SAID_GIFT || said === SAID_MINE;
    const logOdds = logOddsOf(model, logRatios);
    const probability = said === SAID_GIFT ? 1 : said === SAID_MINE ? 0 : logistic(logOdds);
    const own = byPerson ? 1 - probability : ownOf(model, probability, logRatios);
    found = {
      probability,
      own,
      decidedBy: byPerson ? 'person' : 'model',
      atFloor: !byPerson && own > 1 - probability,
      base: logit(model.prior) + model.intercept,
      reasons: EVIDENCE.flatMap((code, e) => {
        const part = (model.strength[e] as number) * (logRatios[e] as number);
        return part === 0 ? [] : [{ code, logOdds: part, likelihoodRatio: Math.exp(part) }];
      }).sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)),
    };
  });
  if (!found) throw engineError('out_of_range', `line ${row} is no purchase`, { row });
  return found;
};
