import { createRandom, type Random } from '../src/random/index.ts';
import type { TasteEvents } from '../src/recommend/interactions/index.ts';

export interface EventShape {
  readonly people: number;
  readonly items: number;
  readonly events: number;
  readonly seed: number;
  /** Share of events that are returns. Default 0. */
  readonly returns?: number;
}

const DAY_MS = 86_400_000;

/** Events with long tails, over 300 days, with orders of several lines, quantities, gifts and returns. */
export const randomEvents = ({
  people,
  items,
  events: n,
  seed,
  returns = 0,
}: EventShape): Required<TasteEvents> => {
  const random = createRandom(seed, 'taste');
  const events = {
    people,
    items,
    person: new Uint32Array(n),
    item: new Uint32Array(n),
    atMs: new Float64Array(n),
    weight: new Float64Array(n),
    order: new Uint32Array(n),
    own: new Float32Array(n),
  };
  for (let k = 0; k < n; k++) {
    const again = k > 0 && random.chance(0.6);
    events.order[k] = again ? (events.order[k - 1] as number) : k;
    events.person[k] = again
      ? (events.person[k - 1] as number)
      : Math.floor(people * random.uniform() ** 1.5);
    events.atMs[k] = again ? (events.atMs[k - 1] as number) : random.integer(0, 300) * DAY_MS;
    events.item[k] = Math.floor(items * random.uniform() ** 2);
    events.weight[k] = random.integer(1, 3) * (random.chance(returns) ? -1 : 1);
    events.own[k] = random.chance(0.8) ? 1 : random.uniform();
  }
  return events;
};

/** The same events in another order. */
export const shuffledEvents = (events: Required<TasteEvents>, random: Random): Required<TasteEvents> => {
  const rows = Uint32Array.from(events.person, (_, k) => k);
  for (let k = rows.length - 1; k > 0; k--) {
    const other = random.integer(0, k);
    [rows[k], rows[other]] = [rows[other] as number, rows[k] as number];
  }
  const pick = <T extends Uint32Array | Float64Array | Float32Array>(column: T): T =>
    column.map((_, k) => column[rows[k] as number] as number) as T;
  return {
    ...events,
    person: pick(events.person),
    item: pick(events.item),
    atMs: pick(events.atMs),
    weight: pick(events.weight),
    order: pick(events.order),
    own: pick(events.own),
  };
};
