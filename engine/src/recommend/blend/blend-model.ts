import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import type { TasteHistory } from '../interactions/index.ts';
import type { Explanation, TasteModel } from '../models/index.ts';
import { type HistoryView, viewOf } from './history-view.ts';
import { type Standard, standardOf } from './standardise.ts';

/** One of the models that are blended. */
export interface BlendSource {
  /** Unique, stable: weights are kept by it. */
  readonly name: string;
  readonly model: TasteModel;
  readonly view?: HistoryView;
}

/** What was learned; the sources are saved by themselves. */
export interface BlendModel {
  readonly kind: 'blend';
  readonly items: number;
  readonly names: readonly string[];
  /** >= 0, per standard deviation of a person's scores. */
  readonly weights: Float64Array;
  /** The instant to which ages are counted where none is given. */
  readonly nowMs: number;
}

/** @throws EngineError `unknown_key`, `length_mismatch`, `negative_weight`, `nan`, `not_finite` */
const checkBlend = ({ items, names, weights, nowMs }: BlendModel, sources: readonly BlendSource[]): void => {
  checkFinite('nowMs', nowMs);
  checkLength('weights', weights.length, names.length);
  checkLength('sources', sources.length, names.length);
  sources.forEach(({ name, model }, s) => {
    if (names[s] !== name)
      throw engineError('unknown_key', `source ${s} is “${name}”, the blend has “${names[s]}”`, { name });
    if (model.items !== items) checkLength(`the items of “${name}”`, model.items, items);
    if (checkFinite(`the weight of “${name}”`, weights[s] as number) < 0)
      throw engineError('negative_weight', `the weight of “${name}” is below 0`, { name });
  });
};

/** The blend's exact explanation, and each source's own. */
export interface BlendExplanation extends Explanation {
  readonly sources: readonly {
    readonly name: string;
    /** What the source adds to the score, its base included; these sum to the score. */
    readonly contribution: number;
    /** What a point of the source's own score counts: weight ÷ standard deviation. */
    readonly factor: number;
    /** In points of the source; absent where it cannot explain itself. */
    readonly own?: Explanation;
  }[];
}

export interface BlendTaste extends TasteModel {
  explain(history: TasteHistory, item: number, nowMs?: number): BlendExplanation;
}

interface Share {
  readonly name: string;
  readonly contribution: number;
  readonly factor: number;
  readonly own?: Explanation;
  readonly base: number;
}

/**
 * A blend as a model: Σ weight × (score - mean) / sd, mean and sd over all items for this person. This is linear in
 * each source's score, so the explanation is the weighted sum of theirs, exactly. A source whose scores are all equal says
 * nothing. O(Σ source's scoring + sources × items).
 *
 * @throws EngineError `unknown_key`, `length_mismatch`, `negative_weight`
 * @example blendTaste(blend, sources).explain(history, 12).sources // [{ name: 'ease', contribution: 2.1, … }, …]
 */
export const blendTaste = (blend: BlendModel, sources: readonly BlendSource[]): BlendTaste => {
  checkBlend(blend, sources);
  const { items, weights } = blend;
  const scratch = new Float64Array(items);
  const used = sources.flatMap((source, s) =>
    (weights[s] as number) > 0 ? [{ source, weight: weights[s] as number }] : [],
  );
  const seen = (source: BlendSource, history: TasteHistory, nowMs: number): TasteHistory =>
    viewOf(history, source.view ?? {}, nowMs);

  const score = (history: TasteHistory, out: Float64Array, nowMs = blend.nowMs): void => {
    checkLength('out', out.length, items);
    out.fill(0);
    for (const { source, weight } of used) {
      source.model.score(seen(source, history, nowMs), scratch, nowMs);
      const { mean, sd } = standardOf(scratch);
      if (sd === 0) continue;
      const factor = weight / sd;
      for (let i = 0; i < items; i++) out[i] = (out[i] as number) + factor * ((scratch[i] as number) - mean);
    }
  };

  const shareOf = (
    name: string,
    item: number,
    { factor, mean, own }: { factor: number; mean: number; own?: Explanation },
  ): Share => ({
    name,
    factor,
    contribution: factor * ((scratch[item] as number) - mean),
    base: factor * ((own ? own.base : (scratch[item] as number)) - mean),
    ...(own && { own }),
  });

  return {
    kind: blend.kind,
    items,
    score,
    explain: (history, item, nowMs = blend.nowMs) => {
      if (!(Number.isInteger(item) && item >= 0 && item < items))
        throw engineError('out_of_range', `there is no item ${item} among ${items}`, { item });
      const shares = used.map(({ source, weight }) => {
        const view = seen(source, history, nowMs);
        source.model.score(view, scratch, nowMs);
        const { mean, sd }: Standard = standardOf(scratch);
        const own = source.model.explain?.(view, item, nowMs);
        return shareOf(source.name, item, { factor: sd === 0 ? 0 : weight / sd, mean, ...(own && { own }) });
      });
      const parts = new Map<number, number>();
      for (const { factor, own } of shares)
        for (const part of own?.parts ?? [])
          parts.set(part.item, (parts.get(part.item) ?? 0) + factor * part.contribution);
      return {
        score: shares.reduce((sum, share) => sum + share.contribution, 0),
        base: shares.reduce((sum, share) => sum + share.base, 0),
        parts: [...parts]
          .map(([item, contribution]) => ({ item, contribution }))
          .sort((a, b) => b.contribution - a.contribution || a.item - b.item),
        sources: shares.map(({ name, contribution, factor, own }) => ({
          name,
          contribution,
          factor,
          ...(own && { own }),
        })),
      };
    },
  };
};
