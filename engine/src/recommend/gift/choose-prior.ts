import { checkLevel, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { blendTaste } from '../blend/index.ts';
import {
  differenceInterval,
  evaluateRanking,
  type MeanInterval,
  type RankingTask,
  rankingTask,
  type Scorer,
  scorerOf,
} from '../evaluate/index.ts';
import { collectInteractions, type TasteEvents } from '../interactions/index.ts';
import { fitItemKnn, fitRebuy, linkTaste, rebuyTaste } from '../models/index.ts';
import { DEFAULT_PRIOR, fitGiftModel, type GiftSettings } from './fit.ts';
import { type GiftLines, SAID_GIFT } from './gift-lines.ts';
import { scoreGifts } from './score.ts';
import { splitLines } from './split-lines.ts';

/** What is fitted on events that carry their own taste, and scores the people of the task. */
export type FitScorer = (input: {
  readonly events: TasteEvents;
  readonly task: RankingTask;
  readonly nowMs: number;
  readonly watch?: Watch | undefined;
}) => Scorer;

export interface GiftPriorSettings extends Omit<GiftSettings, 'prior'> {
  /** Where the validation period begins: milliseconds since 1970. Lines from then on are only foretold. */
  readonly fromMs: number;
  /** Tried against the default of 0.03. Default 0.08, 0.15 and 0.25. */
  readonly priors?: readonly number[];
  /** Default: rebuying and ItemKNN, 1 to 0.4. */
  readonly fitScorer?: FitScorer;
}

export interface TriedPrior {
  readonly prior: number;
  /** NDCG@10 beyond that of the default prior, person by person, at 95 % for all priors together. */
  readonly gain: MeanInterval;
}

export type ChosenPrior =
  | {
      readonly kind: 'chosen';
      readonly prior: number;
      /** None foretells clearly better than the cautious default, which stays. */
      readonly isDefault: boolean;
      readonly tried: readonly TriedPrior[];
    }
  | { readonly kind: 'no_answer'; readonly reason: 'nobody_to_score' };

const PRIORS = [0.08, 0.15, 0.25] as const;
const CUTOFF = 10;

const fitHabits: FitScorer = ({ events, task, nowMs, watch }) => {
  const history = collectInteractions(events, {}, watchPart(watch, 0, 0.1));
  const pairs = collectInteractions(events, { binary: true }, watchPart(watch, 0.1, 0.2));
  const rebuy = fitRebuy(history, { nowMs }, watchPart(watch, 0.2, 0.3));
  const knn = fitItemKnn(pairs, {}, watchPart(watch, 0.3, 1));
  const names = ['rebuy', 'item_knn'];
  const taste = blendTaste(
    { kind: 'blend', items: history.items, names, weights: Float64Array.of(1, 0.4), nowMs },
    [
      { name: 'rebuy', model: rebuyTaste(rebuy) },
      { name: 'item_knn', model: linkTaste(knn), view: { cap: 1 } },
    ],
  );
  return scorerOf(taste, { ...task, history }, nowMs);
};

/** What people said was a gift is nothing they wanted for themselves. */
const wanted = ({ events, said }: GiftLines, after: TasteEvents, fromMs: number): TasteEvents => {
  if (!said) return after;
  const late = said.filter((_, k) => (events.atMs[k] as number) >= fromMs);
  return { ...after, own: Float32Array.from(late, (what) => (what === SAID_GIFT ? 0 : 1)) };
};

/**
 * The share of gifts that a shop's own history bears out (empirical Bayes by prediction): larger priors are tried on the lines before
 * `fromMs`, and one is taken only where it foretells what people bought from then on clearly better than the default of 0.03 (its
 * interval over people is above 0, at 95 % for all priors together); of these, the one that is surest to help. A shop without gifts
 * therefore keeps the default. What is found is no estimate of the share of gifts: it says how far not to trust odd purchases.
 * Takes as long as so many fits of the gift model and of the ranking: some 3 s per 100,000 lines.
 *
 * @throws EngineError `empty_input` without priors, `probability_out_of_range`, `cancelled`, and those of the lines
 * @example
 * const chosen = chooseGiftPrior(lines, { fromMs: nowMs - 60 * 86_400_000 });
 * fitGiftModel(lines, chosen.kind === 'chosen' ? { prior: chosen.prior } : {});
 */
export const chooseGiftPrior = (
  lines: GiftLines,
  { fromMs, priors = PRIORS, fitScorer = fitHabits, ...settings }: GiftPriorSettings,
  watch?: Watch,
): ChosenPrior => {
  if (priors.length === 0) throw engineError('empty_input', 'there is no prior to try');
  for (const prior of priors) checkLevel('prior', prior);
  tell(watch, 'split', 0);
  const { known, after } = splitLines(lines, fromMs);
  const { own: _, ...events } = known.events;
  const task = rankingTask({
    before: collectInteractions(events, {}, watchPart(watch, 0, 0.01)),
    after: collectInteractions(wanted(lines, after, fromMs), {}, watchPart(watch, 0.01, 0.02)),
    want: 'all',
  });
  const steps = priors.length + 1;
  const ndcg = [DEFAULT_PRIOR, ...priors].flatMap((prior, s): Float64Array[] => {
    const part = (from: number, to: number): Watch | undefined =>
      watchPart(watch, 0.02 + (0.98 * (s + from)) / steps, 0.02 + (0.98 * (s + to)) / steps);
    const model = fitGiftModel(known, { ...settings, prior }, part(0, 0.3));
    const { own } = scoreGifts(model, known, part(0.3, 0.5));
    const judged = { ...events, own };
    const scorer = fitScorer({ events: judged, task, nowMs: fromMs, watch: part(0.5, 0.7) });
    const ranking = part(0.7, 1);
    const found = evaluateRanking(task, scorer, { cutoffs: [CUTOFF], ...(ranking && { watch: ranking }) });
    return found.kind === 'no_answer' ? [] : found.values.slice(0, 1).map((value) => value.ndcg);
  });
  const [cautious, ...bolder] = ndcg;
  if (!cautious || bolder.length < priors.length) return { kind: 'no_answer', reason: 'nobody_to_score' };
  const tried = priors.map((prior, k): TriedPrior => {
    const gained = (bolder[k] as Float64Array).map((value, person) => value - (cautious[person] as number));
    return { prior, gain: differenceInterval(gained, { level: 1 - 0.05 / priors.length }) };
  });
  const surest = tried.reduce((a, b) => (b.gain.low > a.gain.low ? b : a));
  const isDefault = !(surest.gain.low > 0);
  return { kind: 'chosen', prior: isDefault ? DEFAULT_PRIOR : surest.prior, isDefault, tried };
};
