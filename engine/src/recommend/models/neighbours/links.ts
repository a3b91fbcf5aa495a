import { tell, type Watch } from '../../../fitting/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { checkScoring } from '../check-scoring.ts';
import { checkExplained, explainSum } from '../explain.ts';
import type { TasteModel } from '../model.ts';

/** What past items add to the scores of others, sparse: those of past item i are at `start[i]` to `start[i + 1]`. */
export interface Links {
  /** `items` + 1 values. */
  readonly start: Uint32Array;
  /** The item that is scored, ascending within a past item. */
  readonly item: Uint32Array;
  /** Per unit of the past item's weight. */
  readonly weight: Float64Array;
}

/** A model that is nothing but links: ItemKNN and RP3beta. */
export interface LinkModel<K extends string = string> extends Links {
  readonly kind: K;
  readonly items: number;
  /** People left out of the counting, because nobody has that many tastes of their own. */
  readonly ignoredPeople: number;
}

/** Where past item `from` says something about `to`, or -1. O(log links). */
const findLink = ({ start, item }: Links, from: number, to: number): number => {
  let low = start[from] as number;
  let high = start[from + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((item[middle] as number) < to) low = middle + 1;
    else high = middle;
  }
  return low < (start[from + 1] as number) && item[low] === to ? low : -1;
};

/**
 * The model as a source of scores and explanations. Scoring costs the links of the past items, and one pass over the items.
 *
 * @example linkTaste(fitRp3beta(interactions)).score(historyOf(interactions, 7), scores)
 */
export const linkTaste = (model: LinkModel): TasteModel => {
  const { items, start, item, weight } = model;
  return {
    kind: model.kind,
    items,
    score: (history, out) => {
      checkScoring(items, history, out);
      out.fill(0);
      for (let h = 0; h < history.item.length; h++) {
        const from = history.item[h] as number;
        const end = start[from + 1] as number;
        const times = history.weight[h] as number;
        for (let l = start[from] as number; l < end; l++) {
          const to = item[l] as number;
          out[to] = (out[to] as number) + times * (weight[l] as number);
        }
      }
    },
    explain: (history: TasteHistory, to: number) => {
      checkExplained(items, history, to);
      return explainSum(history, 0, (h) => {
        const link = findLink(model, history.item[h] as number, to);
        return link < 0 ? 0 : (history.weight[h] as number) * (weight[link] as number);
      });
    },
  };
};

/** Links between two words to the watch while they are turned, far apart in memory: some 20 ms. */
const TURNED = 2 ** 19;

/** The same links by the item that is scored. Past items ascend within it. O(links). */
export const transposeLinks = ({ start, item, weight }: Links, watch?: Watch): Links => {
  const items = start.length - 1;
  const turned = new Uint32Array(items + 1);
  for (let l = 0; l < item.length; l++) {
    if (l % TURNED === 0) tell(watch, 'turning', (0.3 * l) / item.length);
    const next = (item[l] as number) + 1;
    turned[next] = (turned[next] as number) + 1;
  }
  for (let i = 0; i < items; i++) turned[i + 1] = (turned[i + 1] as number) + (turned[i] as number);
  const free = turned.slice(0, items);
  const from = new Uint32Array(item.length);
  const weights = new Float64Array(item.length);
  for (let i = 0; i < items; i++) {
    const end = start[i + 1] as number;
    for (let l = start[i] as number; l < end; l++) {
      if (l % TURNED === 0) tell(watch, 'turning', 0.3 + (0.7 * l) / item.length);
      const to = item[l] as number;
      const at = free[to] as number;
      free[to] = at + 1;
      from[at] = i;
      weights[at] = weight[l] as number;
    }
  }
  return { start: turned, item: from, weight: weights };
};
