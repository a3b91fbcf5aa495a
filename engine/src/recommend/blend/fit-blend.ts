import { checkFinite, engineError } from '../../errors/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import { rankingTask } from '../evaluate/index.ts';
import {
  type CollectSettings,
  collectInteractions,
  splitByTime,
  type TasteEvents,
} from '../interactions/index.ts';
import type { BlendModel, BlendSource } from './blend-model.ts';
import type { BlendPeriod } from './candidate-scores.ts';
import {
  type LearnBlendSettings,
  type LearnedBlend,
  learnBlend,
  type NoBlendAnswer,
} from './learn-weights.ts';

export interface FitBlendInput {
  /** Everything that may be known. A test period is not in here. */
  readonly events: TasteEvents;
  /** The instant the blend is fitted for; events from then on are refused. */
  readonly nowMs: number;
  /** Half-open validation periods within the events; two or more keep the weights from leaning on one season. */
  readonly periods: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly want: 'all' | 'new';
  /** Fits the sources on events before `nowMs`, the same names in the same order each time. */
  readonly fitSources: (events: TasteEvents, nowMs: number, watch?: Watch) => readonly BlendSource[];
  /** How histories are collected: plain counts of orders × own taste, which the sources' views turn into what they need. */
  readonly collect?: Pick<CollectSettings, 'by'>;
}

export interface FittedBlend {
  readonly kind: 'fitted';
  readonly blend: BlendModel;
  /** Fitted on all events, in the blend's order: `blendTaste(blend, sources)`. */
  readonly sources: readonly BlendSource[];
  readonly learned: LearnedBlend;
}

const checkPeriods = ({ periods, nowMs, events }: FitBlendInput): void => {
  checkFinite('nowMs', nowMs);
  if (periods.length === 0) throw engineError('empty_input', 'a blend needs a validation period');
  for (const { fromMs, toMs } of periods)
    if (!(checkFinite('fromMs', fromMs) < checkFinite('toMs', toMs) && toMs <= nowMs))
      throw engineError('out_of_range', 'a validation period begins before its end, and ends before now', {
        fromMs,
        toMs,
      });
  const late = events.atMs.findIndex((atMs) => atMs >= nowMs);
  if (late >= 0)
    throw engineError('out_of_range', `event ${late} is not before now: it belongs to a test`, {
      index: late,
    });
};

/**
 * A blend in one go, without a look ahead: for every validation period the sources are fitted on what was before it, the
 * weights are learned on what people took in it, and the sources are fitted again on everything.
 *
 * @throws EngineError `empty_input`, `out_of_range`, `unknown_key`, `cancelled` and what the sources throw
 * @example
 * const fitted = fitBlend({ events, nowMs, periods: [{ fromMs, toMs: nowMs }], want: 'all', fitSources });
 * if (fitted.kind === 'fitted') blendTaste(fitted.blend, fitted.sources);
 */
export const fitBlend = (
  input: FitBlendInput,
  settings: LearnBlendSettings = {},
  watch?: Watch,
): FittedBlend | NoBlendAnswer => {
  checkPeriods(input);
  const { events, nowMs, want, fitSources, collect = {} } = input;
  const fits = input.periods.length + 1;
  // Most of the time goes into fitting sources; learning is told as the fifth before the last fit.
  const part = (fit: number): Watch | undefined =>
    watchPart(watch, (0.8 * fit) / fits, (0.8 * (fit + 1)) / fits);
  const beforeLast = (0.8 * (fits - 1)) / fits;
  const periods = input.periods.map(({ fromMs, toMs }, p): BlendPeriod => {
    const { before, after } = splitByTime(splitByTime(events, toMs).before, fromMs);
    const task = rankingTask({
      before: collectInteractions(before, collect),
      after: collectInteractions(after, collect),
      want,
    });
    return { task, sources: fitSources(before, fromMs, part(p)), nowMs: fromMs };
  });
  const learned = learnBlend(periods, settings, watchPart(watch, beforeLast, beforeLast + 0.2));
  if (learned.kind === 'no_answer') return learned;
  const sources = fitSources(events, nowMs, watchPart(watch, beforeLast + 0.2, 1));
  return {
    kind: 'fitted',
    blend: { kind: 'blend', items: events.items, names: learned.names, weights: learned.weights, nowMs },
    sources,
    learned,
  };
};
