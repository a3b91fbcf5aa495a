import { checkCount, checkLevel, checkProbability, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { matrix } from '../../linear/index.ts';
import { fitLinearModel } from '../../linear-models/index.ts';
import { createRandom } from '../../random/index.ts';
import { collectInteractions, type TasteEvents } from '../interactions/index.ts';
import { EVIDENCE } from './evidence.ts';
import { checkGiftLines, type GiftLines, SAID_GIFT } from './gift-lines.ts';
import { type GiftModel, STRATUM_COUNT } from './gift-model.ts';
import { fitLikelihood, type LikelihoodTable, logRatioOf } from './likelihood-table.ts';
import { fitRepeats } from './repeats.ts';
import { type Nearness, sampleNearness } from './sample-nearness.ts';
import { fitSimilarItems } from './similar-items.ts';
import { sortLines } from './sorted-lines.ts';
import { spreadOf } from './unusual.ts';

/** Cautious: a shop that knows nothing of its gifts loses nothing by it. */
export const DEFAULT_PRIOR = 0.03;

export interface GiftSettings {
  /** Share of lines that are gifts where nothing is known, in (0, 1). Default 0.03. */
  readonly prior?: number;
  /** What is only inferred (taste, price, quantity, season) leaves at least this much of own taste, in [0, 1]. Default 0.5. */
  readonly floor?: number;
  /** Lines that are compared with other people's. Default 40,000. */
  readonly samples?: number;
  readonly seed?: number | string;
}

type Sampled = ReturnType<typeof sampleNearness>;

const tasteTables = (
  { own, anybody }: Sampled,
  prior: number,
  watch: Watch | undefined,
): readonly LikelihoodTable[] =>
  Array.from({ length: STRATUM_COUNT }, (_, stratum) => {
    tell(watch, 'tables', stratum / STRATUM_COUNT);
    const of = ({ taste, stratum: strata }: Nearness): Float64Array =>
      taste.filter((_, k) => strata[k] === stratum);
    return fitLikelihood(of(own), of(anybody), prior);
  });

/** What weighs nothing in anybody's taste teaches nothing about tastes. */
const withoutSaidGifts = ({ events, said }: GiftLines): TasteEvents => {
  const { own: _, ...kept } = events;
  if (!said) return kept;
  const own = new Float32Array(said.length);
  for (let k = 0; k < said.length; k++) own[k] = said[k] === SAID_GIFT ? 0 : 1;
  return { ...kept, own };
};

type Tables = Pick<GiftModel, 'taste' | 'price' | 'quantity'>;

/**
 * The three inferred pieces of evidence say partly the same (a taste has its prices): a logistic regression of “somebody
 * else's line” on their logarithms says how much of each counts, at most all of it.
 */
const inferredStrength = (
  { taste, price, quantity }: Tables,
  { own, anybody }: Sampled,
  watch: Watch | undefined,
): Float64Array => {
  const n = own.taste.length;
  const rows = matrix(2 * n, 3);
  [own, anybody].forEach((side, s) => {
    tell(watch, 'strengths', 0.2 * s);
    for (let k = 0; k < n; k++) {
      const at = 3 * (s * n + k);
      rows.values[at] = logRatioOf(
        taste[side.stratum[k] as number] as LikelihoodTable,
        side.taste[k] as number,
      );
      rows.values[at + 1] = logRatioOf(price, side.price[k] as number);
      rows.values[at + 2] = logRatioOf(quantity, side.quantity[k] as number);
    }
  });
  const outcomes = Float64Array.from({ length: 2 * n }, (_, k) => (k < n ? 0 : 1));
  if (n === 0) return new Float64Array(3);
  const fitted = fitLinearModel({ features: rows, outcomes, link: 'logistic' }, watchPart(watch, 0.4, 1));
  if (fitted.kind === 'no_answer') return new Float64Array(3);
  return fitted.coefficients.map((coefficient) => Math.min(1, Math.max(0, coefficient)));
};

/**
 * Learns from order lines, without labels, how near people's purchases are to their other orders, and how near anybody else's would
 * be, and how often things are bought again; these ratios, and the stated likelihood ratios of what a shop knows (`LIKELIHOOD_RATIOS`), give the odds of a gift. Lines that
 * the person said were gifts are left out. O(lines + Σ_u |I_u|² + samples × 100).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `probability_out_of_range`, `cancelled`
 * @example
 * const model = fitGiftModel({ events, wrapped });
 * const { own } = scoreGifts(model, { events, wrapped });
 * collectInteractions({ ...events, own }); // gifts weigh less
 */
export const fitGiftModel = (lines: GiftLines, settings: GiftSettings = {}, watch?: Watch): GiftModel => {
  const { prior = DEFAULT_PRIOR, floor = 0.5, samples = 40_000, seed = 1 } = settings;
  checkLevel('prior', prior);
  checkProbability('floor', floor);
  if (checkCount('samples', samples) === 0) throw engineError('out_of_range', 'samples must be at least 1');
  tell(watch, 'check', 0);
  checkGiftLines(lines);
  const events = withoutSaidGifts(lines);
  const interactions = collectInteractions(events, {}, watchPart(watch, 0, 0.1));
  const similar = fitSimilarItems(interactions, watchPart(watch, 0.1, 0.6));
  const input = sortLines(lines, watchPart(watch, 0.6, 0.65));
  const repeats = fitRepeats(input, prior, watchPart(watch, 0.65, 0.7));
  const spreads = {
    price: spreadOf(lines.price, watchPart(watch, 0.7, 0.75)),
    quantity: spreadOf(events.weight, watchPart(watch, 0.75, 0.8)),
  };
  const sampled = sampleNearness({
    input,
    similar,
    spreads,
    share: Math.min(1, samples / Math.max(1, events.person.length)),
    random: createRandom(seed, 'gift model'),
    watch: watchPart(watch, 0.8, 0.94),
  });
  const { own, anybody } = sampled;
  const taste = tasteTables(sampled, prior, watchPart(watch, 0.94, 0.96));
  tell(watch, 'tables', 0.96);
  const tables: Tables = {
    taste,
    price: fitLikelihood(own.price, anybody.price, prior),
    quantity: fitLikelihood(own.quantity, anybody.quantity, prior),
  };
  const strength = new Float64Array(EVIDENCE.length).fill(1);
  strength.set(
    inferredStrength(tables, sampled, watchPart(watch, 0.97, 1)),
    EVIDENCE.indexOf('out_of_taste'),
  );
  tell(watch, 'strengths', 1);
  return {
    kind: 'gift',
    items: events.items,
    prior,
    floor,
    similar,
    repeats,
    ...tables,
    priceSpread: spreads.price,
    quantitySpread: spreads.quantity,
    intercept: 0,
    strength,
  };
};
