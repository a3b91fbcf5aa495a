import { checkCount, checkLength, checkPositive, engineError } from '../../../errors/index.ts';
import { tell, type Watch } from '../../../fitting/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { createRandom } from '../../../random/index.ts';
import { historyOf, type Interactions } from '../../interactions/index.ts';
import { checkScoring } from '../check-scoring.ts';
import { checkExplained } from '../explain.ts';
import type { Explanation, TasteModel } from '../model.ts';
import { checkSaved, savedNumbers } from '../saved.ts';

export interface FallbackSettings {
  /** People whose purchases weigh as much as the content (k of n/(n+k)), > 0. 5 unless said. */
  readonly evidence?: number;
  /** People that the line is learned from, at most. 300 unless said. */
  readonly people?: number;
  readonly seed?: number | string;
}

/** How far to believe a model about each item, and what to expect from content where not. Plain data. */
export interface FallbackModel {
  readonly kind: 'fallback';
  readonly items: number;
  /** Per item n/(n + k), n the people who have it, by their shares of own taste: 0 for an item that nobody has. */
  readonly belief: Float64Array;
  /** The model's score that content lets expect: `intercept` + `slope` × content; slope >= 0. */
  readonly intercept: number;
  readonly slope: number;
}

export interface FallbackInput {
  /** What was fitted on people, as iALS or EASE. */
  readonly main: TasteModel;
  /** What knows items by themselves: `contentTaste`. */
  readonly content: TasteModel;
  /** What `main` was fitted on. */
  readonly interactions: Interactions;
}

const beliefOf = ({ items, item, own }: Interactions, evidence: number): Float64Array => {
  const people = new Float64Array(items);
  for (let p = 0; p < item.length; p++)
    people[item[p] as number] = (people[item[p] as number] as number) + (own[p] as number);
  return people.map((n) => n / (n + evidence));
};

/** Least squares of main's scores on content's, weighted by belief. */
const lineOf = (
  { main, content, interactions }: FallbackInput,
  { belief, chosen, watch }: { belief: Float64Array; chosen: readonly number[]; watch: Watch | undefined },
): { readonly intercept: number; readonly slope: number } => {
  const { items } = interactions;
  const x = new Float64Array(items);
  const y = new Float64Array(items);
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let xy = 0;
  chosen.forEach((person, k) => {
    tell(watch, 'content', k / chosen.length);
    const history = historyOf(interactions, person);
    content.score(history, x);
    main.score(history, y);
    let past = 0;
    for (let i = 0; i < items; i++) {
      // Past items are in main's training: their scores are no forecast.
      if (history.item[past] === i) {
        past += 1;
        continue;
      }
      const weight = belief[i] as number;
      if (weight === 0) continue;
      n += weight;
      const dx = (x[i] as number) - meanX;
      meanX += (weight * dx) / n;
      meanY += (weight * ((y[i] as number) - meanY)) / n;
      xx += weight * dx * ((x[i] as number) - meanX);
      xy += weight * dx * ((y[i] as number) - meanY);
    }
  });
  // Content that tells nothing, or the contrary, is not listened to.
  const slope = xx > 0 ? Math.max(0, xy / xx) : 0;
  return { slope, intercept: meanY - slope * meanX };
};

/**
 * What to expect of items that few people have: their score becomes n/(n+k) main + k/(n+k) (intercept + slope × content), n the people
 * who have the item, by their shares of own taste. The line is main's own score regressed on content's, over items that people do not have, so that a new item is
 * ranked where items of its likeness are. O(people asked × (scoring twice + items)).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `negative_count`, `cancelled`
 * @example
 * const fallback = fitFallback({ main: ialsTaste(ials), content: contentTaste(content), interactions });
 * fallbackTaste(fallback, { main: ialsTaste(ials), content: contentTaste(content) }).score(history, scores);
 */
export const fitFallback = (
  input: FallbackInput,
  settings: FallbackSettings = {},
  watch?: Watch,
): FallbackModel => {
  const { main, content, interactions } = input;
  checkLength('items of main', main.items, interactions.items);
  checkLength('items of content', content.items, interactions.items);
  const most = checkCount('people', settings.people ?? 300);
  const belief = beliefOf(interactions, checkPositive('evidence', settings.evidence ?? 5));
  const active: number[] = [];
  for (let u = 0; u < interactions.people; u++)
    if ((interactions.start[u + 1] as number) > (interactions.start[u] as number)) active.push(u);
  const chosen =
    active.length <= most
      ? active
      : createRandom(settings.seed ?? 'fallback')
          .shuffle(active)
          .slice(0, most);
  return {
    kind: 'fallback',
    items: interactions.items,
    belief,
    ...lineOf(input, { belief, chosen, watch }),
  };
};

/**
 * The two models as one, by the fallback's beliefs. Explanations are exact: each past item's part in both, and a base that is the
 * intercept's share.
 *
 * @throws EngineError `length_mismatch`, and what the models throw
 * @example fallbackTaste(fallback, { main, content }).explain?.(history, 12)
 */
export const fallbackTaste = (
  model: FallbackModel,
  { main, content }: Pick<FallbackInput, 'main' | 'content'>,
): TasteModel => {
  const { items, belief, intercept, slope } = model;
  checkLength('items of main', main.items, items);
  checkLength('items of content', content.items, items);
  const expected = new Float64Array(items);
  const score: TasteModel['score'] = (history, out, nowMs) => {
    checkScoring(items, history, out);
    main.score(history, out, nowMs);
    content.score(history, expected, nowMs);
    for (let i = 0; i < items; i++) {
      const share = belief[i] as number;
      out[i] = share * (out[i] as number) + (1 - share) * (intercept + slope * (expected[i] as number));
    }
  };
  if (!main.explain || !content.explain) return { kind: model.kind, items, score };
  const explainMain = main.explain.bind(main);
  const explainContent = content.explain.bind(content);
  return {
    kind: model.kind,
    items,
    score,
    explain: (history, item, nowMs): Explanation => {
      checkExplained(items, history, item);
      const share = belief[item] as number;
      const both = [
        { of: explainMain(history, item, nowMs), times: share },
        { of: explainContent(history, item, nowMs), times: (1 - share) * slope },
      ];
      const parts = new Map<number, number>();
      let base = (1 - share) * intercept;
      for (const { of, times } of both) {
        base += times * of.base;
        for (const part of of.parts)
          parts.set(part.item, (parts.get(part.item) ?? 0) + times * part.contribution);
      }
      const found = [...parts]
        .map(([past, contribution]) => ({ item: past, contribution }))
        .filter(({ contribution }) => contribution !== 0)
        .sort((a, b) => b.contribution - a.contribution || a.item - b.item);
      return { score: found.reduce((sum, { contribution }) => sum + contribution, base), base, parts: found };
    },
  };
};

/** The beliefs and the line as bytes; the two models are saved by themselves. */
export const saveFallback = ({
  kind,
  items,
  belief,
  intercept,
  slope,
}: FallbackModel): Uint8Array<ArrayBuffer> => {
  if (!Number.isFinite(intercept + slope))
    throw engineError('not_finite', 'the line between content and model is not finite');
  return writeModelFile({ kind, version: 1, about: { items, intercept, slope }, arrays: { belief } });
};

/**
 * Reads what `saveFallback` wrote, without a copy.
 *
 * @throws EngineError `damaged`, `version_mismatch`
 * @example fallbackTaste(loadFallback(bytes), { main, content })
 */
export const loadFallback = (bytes: Uint8Array): FallbackModel => {
  const { about, arrays } = readModelFile(bytes, { kind: 'fallback', versions: [1] });
  const said = savedNumbers(about, ['items', 'intercept', 'slope']);
  const belief = takeArray(arrays, 'belief', Float64Array);
  checkSaved('its beliefs do not fit its items', belief.length === said.items);
  return { kind: 'fallback', ...said, belief };
};
