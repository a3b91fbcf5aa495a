import { engineError } from '../../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../../fitting/index.ts';
import { checkEvents } from '../../interactions/events.ts';
import type { TasteEvents } from '../../interactions/index.ts';
import { createTopKeeper } from '../neighbours/top-values.ts';
import { chooseSequence, type SequenceChosen, type SequenceSettings } from './settings.ts';
import { type Steps, stepsOf } from './steps.ts';

/** What follows what: links from past items to later ones, and how the past is read. Plain data. */
export interface SequenceModel {
  readonly kind: 'sequence';
  readonly items: number;
  /** The latest event it was fitted on; 0 without events. */
  readonly nowMs: number;
  readonly window: number;
  readonly discount: number;
  /** Infinity: no decay. */
  readonly halfLifeDays: number;
  /** Links of past item i are at `start[i]` to `start[i + 1]`. */
  readonly start: Uint32Array;
  /** Ascending within a past item, never itself. */
  readonly item: Uint32Array;
  readonly weight: Float64Array;
}

export const DAY_MS = 86_400_000;
/** Products and links between two calls of the watch: some 10 ms. */
const CHUNK = 1e6;
/** Finding the best of the links that were met costs as much as some products each. */
const LINK_COST = 8;

/** What a step `behind` (from 1) steps and `gapMs` back is worth. */
export const worthOf = (
  { discount, halfLifeDays }: Pick<SequenceModel, 'discount' | 'halfLifeDays'>,
  behind: number,
  gapMs: number,
): number => discount ** (behind - 1) * 0.5 ** (Math.max(0, gapMs) / (halfLifeDays * DAY_MS));

/** Places of each item in the steps. */
const placesOf = (steps: Steps, items: number) => {
  const start = new Uint32Array(items + 1);
  const stepOf = new Uint32Array(steps.item.length);
  for (let s = 0; s + 1 < steps.start.length; s++) stepOf.fill(s, steps.start[s], steps.start[s + 1]);
  for (let k = 0; k < steps.item.length; k++) {
    const next = (steps.item[k] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let i = 0; i < items; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const free = start.slice(0, items);
  const place = new Uint32Array(steps.item.length);
  for (let k = 0; k < steps.item.length; k++) {
    const i = steps.item[k] as number;
    const at = free[i] as number;
    free[i] = at + 1;
    place[at] = k;
  }
  return { start, place, stepOf };
};

/** Share of each item among all that has a step before it in its chain. */
const followerShares = ({ start, item, own, chain }: Steps, items: number): Float64Array => {
  const shares = new Float64Array(items);
  let total = 0;
  for (let s = 1; s + 1 < start.length; s++) {
    if (chain[s] !== chain[s - 1]) continue;
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      const i = item[k] as number;
      shares[i] = (shares[i] as number) + (own[k] as number);
      total += own[k] as number;
    }
  }
  return shares.map((share) => share / (total || 1));
};

const count = (
  steps: Steps,
  items: number,
  { settings, watch }: { settings: SequenceChosen; watch: Watch | undefined },
) => {
  const { start, item, own, size, chain, atMs } = steps;
  const places = placesOf(steps, items);
  const shares = followerShares(steps, items);
  const sums = new Float64Array(items);
  const touched = new Uint32Array(items);
  // The item whose followers were last summed there, from 1.
  const seen = new Uint32Array(items);
  const keep = createTopKeeper(items, settings.neighbours);
  const linkStart = new Uint32Array(items + 1);
  const to: number[] = [];
  const weights: number[] = [];
  let spent = 0;
  for (let i = 0; i < items; i++) {
    let found = 0;
    let cases = 0;
    const end = places.start[i + 1] as number;
    for (let p = places.start[i] as number; p < end; p++) {
      const k = places.place[p] as number;
      const s = places.stepOf[k] as number;
      // A step speaks with one voice, however many items it has.
      const voice = (own[k] as number) / (size[s] as number);
      for (let t = s + 1; t <= s + settings.window && chain[t] === chain[s]; t++) {
        const worth = voice * worthOf(settings, t - s, (atMs[t] as number) - (atMs[s] as number));
        // So long ago, or so many steps behind, that nothing is left of it.
        if (worth === 0) continue;
        cases += worth;
        for (let q = start[t] as number; q < (start[t + 1] as number); q++) {
          const j = item[q] as number;
          if (j === i) continue;
          if (seen[j] !== i + 1) {
            seen[j] = i + 1;
            sums[j] = 0;
            touched[found++] = j;
          }
          sums[j] = (sums[j] as number) + worth * (own[q] as number);
        }
        spent += 8 + (start[t + 1] as number) - (start[t] as number);
      }
    }
    for (let f = 0; f < found; f++) {
      const j = touched[f] as number;
      sums[j] =
        (sums[j] as number) / (cases + settings.shrink) / (shares[j] as number) ** settings.popularity;
    }
    const kept = keep(touched, found, sums);
    for (let f = 0; f < kept; f++) {
      to.push(touched[f] as number);
      weights.push(sums[touched[f] as number] as number);
    }
    linkStart[i + 1] = to.length;
    spent += LINK_COST * found + 1;
    if (spent > CHUNK) {
      spent = 0;
      tell(watch, 'links', i / items);
    }
  }
  return { start: linkStart, item: Uint32Array.from(to), weight: Float64Array.from(weights) };
};

/**
 * What follows what in a chain of orders or within a session. Each item i of a step that is b steps (and a gap) before item j adds
 * own_i own_j discount^(b−1) · 2^(−gap/half-life) / max(1, Σ own over the step of i) to C_ij (own: shares of own taste, 1 without gifts); the link is C_ij / (C_i + shrink) / share_j^β, share_j that of j among all
 * followers (a first-order Markov chain with skips, as in Rendle, Freudenthaler, Schmidt-Thieme, WWW 2010, smoothed instead of
 * factorised; Garcin et al. 2013 for discounted contexts). An item does not follow itself: what is bought again is rebuy's matter.
 *
 * O(Σ over steps |step| × items of the `window` next steps) products, 12 bytes per link kept.
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `empty_input` (sessions without `order`), `cancelled`
 * @example fitSequence(events, { chain: 'session', window: 2 })
 */
export const fitSequence = (
  events: TasteEvents,
  settings: SequenceSettings = {},
  watch?: Watch,
): SequenceModel => {
  const chosen = chooseSequence(settings);
  checkEvents(events);
  const steps = stepsOf(events, chosen, watchPart(watch, 0, 0.4));
  const links = count(steps, events.items, { settings: chosen, watch: watchPart(watch, 0.4, 1) });
  let nowMs = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < events.atMs.length; k++) nowMs = Math.max(nowMs, events.atMs[k] as number);
  if (links.weight.some((weight) => !Number.isFinite(weight)))
    throw engineError('not_finite', 'a link is not finite: the discount is too small');
  return {
    kind: 'sequence',
    items: events.items,
    nowMs: Number.isFinite(nowMs) ? nowMs : 0,
    window: chosen.window,
    discount: chosen.discount,
    halfLifeDays: chosen.halfLifeDays,
    ...links,
  };
};
