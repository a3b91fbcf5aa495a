import { engineError } from '../../../errors/index.ts';
import { tell, type Watch } from '../../../fitting/index.ts';
import type { TasteEvents } from '../../interactions/index.ts';
import type { SequenceChosen } from './settings.ts';

/** Chains cut into steps: what happened at one instant. Steps of a chain follow each other. */
export interface Steps {
  /** Items of step s are at `start[s]` to `start[s + 1]`, ascending and distinct. */
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** Share of own taste, in (0, 1]. */
  readonly own: Float32Array;
  /** Per step, its items by their shares of own taste, but at least 1: what its one voice is divided by. */
  readonly size: Float64Array;
  /** Same number, same chain. */
  readonly chain: Uint32Array;
  readonly atMs: Float64Array;
}

/** Events between two calls of the watch. */
const TOLD_EVENTS = 50_000;

/** Row numbers of each person's events that count, person after person. */
const byPerson = ({ people, person, weight, own }: TasteEvents) => {
  const counts = (k: number): boolean =>
    (weight === undefined || (weight[k] as number) > 0) && (own === undefined || (own[k] as number) > 0);
  const start = new Uint32Array(people + 1);
  for (let k = 0; k < person.length; k++) {
    if (!counts(k)) continue;
    const next = (person[k] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let u = 0; u < people; u++) start[u + 1] = (start[u + 1] as number) + (start[u] as number);
  const free = start.slice(0, people);
  const rows = new Uint32Array(start[people] as number);
  for (let k = 0; k < person.length; k++) {
    if (!counts(k)) continue;
    const u = person[k] as number;
    const at = free[u] as number;
    free[u] = at + 1;
    rows[at] = k;
  }
  return { start, rows };
};

/**
 * The events as chains of steps, the same for any order of the events: returns and gifts are left out, an item that is twice in a
 * step is there once, steps longer than `longestStep` are left out. O(events log events of a person).
 */
export const stepsOf = (events: TasteEvents, settings: SequenceChosen, watch?: Watch): Steps => {
  const { atMs, item, order, own } = events;
  if (settings.chain === 'session' && order === undefined)
    throw engineError('empty_input', 'chains by session need events with an `order`');
  const session = settings.chain === 'session' ? order : undefined;
  const { start: first, rows } = byPerson(events);
  const start: number[] = [0];
  const chain: number[] = [];
  const instants: number[] = [];
  const sizes: number[] = [];
  const items = new Uint32Array(rows.length);
  const owns = new Float32Array(rows.length);
  let kept = 0;
  let chains = 0;
  let told = 0;
  for (let u = 0; u < events.people; u++) {
    const mine = rows.subarray(first[u], first[u + 1]);
    if ((first[u] as number) >= told) {
      tell(watch, 'steps', (first[u] as number) / Math.max(1, rows.length));
      told = (first[u] as number) + TOLD_EVENTS;
    }
    mine.sort(
      (a, b) =>
        (session ? (session[a] as number) - (session[b] as number) : 0) ||
        (atMs[a] as number) - (atMs[b] as number) ||
        (item[a] as number) - (item[b] as number) ||
        (own ? (own[b] as number) - (own[a] as number) : 0),
    );
    for (let from = 0, to = 0; from < mine.length; from = to) {
      const head = mine[from] as number;
      const begin = kept;
      const newChain =
        from === 0 || (session !== undefined && session[mine[from - 1] as number] !== session[head]);
      if (newChain) chains += 1;
      for (to = from; to < mine.length; to++) {
        const k = mine[to] as number;
        if (atMs[k] !== atMs[head] || (session && session[k] !== session[head])) break;
        if (kept > begin && items[kept - 1] === item[k]) continue;
        items[kept] = item[k] as number;
        owns[kept] = own ? (own[k] as number) : 1;
        kept += 1;
      }
      if (kept - begin > settings.longestStep) kept = begin;
      else {
        start.push(kept);
        chain.push(chains - 1);
        instants.push(atMs[head] as number);
        let size = 0;
        for (let k = begin; k < kept; k++) size += owns[k] as number;
        sizes.push(Math.max(1, size));
      }
    }
  }
  return {
    start: Uint32Array.from(start),
    item: items.slice(0, kept),
    own: owns.slice(0, kept),
    size: Float64Array.from(sizes),
    chain: Uint32Array.from(chain),
    atMs: Float64Array.from(instants),
  };
};
