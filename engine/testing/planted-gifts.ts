import type { Random } from '../src/random/index.ts';
import type { TasteEvents } from '../src/recommend/interactions/index.ts';

/** Order lines with their prices, and what is known of people's tastes by other means than the lines. */
export interface PlantInto {
  readonly events: TasteEvents & { readonly order: Uint32Array };
  readonly price: Float64Array;
  /** One vector per person; compared by cosine. The gift model never sees it. */
  readonly tastes: readonly Float64Array[];
}

export interface Planted {
  readonly events: TasteEvents & { readonly order: Uint32Array };
  readonly price: Float64Array;
  /** 1 where the line was planted: they come last. */
  readonly isGift: Uint8Array;
}

/** People of whom the nearest ten, or the farther half, become donors. */
const CANDIDATES = 200;
const NEAREST = 10;

const cosine = (a: Float64Array, b: Float64Array): number => {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let k = 0; k < a.length; k++) {
    ab += (a[k] as number) * (b[k] as number);
    aa += (a[k] as number) ** 2;
    bb += (b[k] as number) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
};

const linesByPerson = ({ people, person }: TasteEvents): readonly number[][] => {
  const lines: number[][] = Array.from({ length: people }, () => []);
  person.forEach((u, row) => void lines[u]?.push(row));
  return lines;
};

/**
 * Adds lines that somebody bought for another person: in an existing order of the giver, an item of a donor that the giver
 * does not have. Donors are near or far in `tastes`; price and instant say nothing (the price is the item's, the order the
 * giver's), quantity is not kept, nobody wraps.
 */
export const plantGifts = (
  into: PlantInto,
  {
    share,
    donors,
    random,
  }: { readonly share: number; readonly donors: 'near' | 'far'; readonly random: Random },
): Planted => {
  const { events, price, tastes } = into;
  const lines = linesByPerson(events);
  const givers = lines.flatMap((mine, u) => (mine.length > 0 ? [u] : []));
  const had = lines.map((mine) => new Set(mine.map((row) => events.item[row] as number)));
  const donorsOf = new Map<number, readonly number[]>();
  const choose = (u: number): readonly number[] => {
    const known = donorsOf.get(u);
    if (known) return known;
    const others = Array.from({ length: CANDIDATES }, () => random.choice(givers)).filter((v) => v !== u);
    const ranked = others
      .map((v) => ({ v, near: cosine(tastes[u] as Float64Array, tastes[v] as Float64Array) }))
      .sort((a, b) => b.near - a.near || a.v - b.v);
    const chosen = donors === 'near' ? ranked.slice(0, NEAREST) : ranked.slice(ranked.length >> 1);
    const found = chosen.map(({ v }) => v);
    donorsOf.set(u, found);
    return found;
  };
  const added: { row: number; from: number }[] = [];
  for (let row = 0; row < events.person.length; row++) {
    if (!random.chance(share)) continue;
    const u = events.person[row] as number;
    for (let tries = 0; tries < 20; tries++) {
      const from = random.choice(lines[random.choice(choose(u))] as number[]);
      const item = events.item[from] as number;
      if (had[u]?.has(item)) continue;
      had[u]?.add(item);
      added.push({ row, from });
      break;
    }
  }
  const n = events.person.length;
  const longer = <T extends Uint32Array | Float64Array>(
    column: T,
    pick: (one: { row: number; from: number }) => number,
    room: T,
  ): T => {
    room.set(column);
    added.forEach((one, k) => {
      room[n + k] = pick(one);
    });
    return room;
  };
  const length = n + added.length;
  const { person, item, order, atMs } = events;
  return {
    events: {
      people: events.people,
      items: events.items,
      person: longer(person, ({ row }) => person[row] as number, new Uint32Array(length)),
      item: longer(item, ({ from }) => item[from] as number, new Uint32Array(length)),
      order: longer(order, ({ row }) => order[row] as number, new Uint32Array(length)),
      atMs: longer(atMs, ({ row }) => atMs[row] as number, new Float64Array(length)),
    },
    price: longer(price, ({ from }) => price[from] as number, new Float64Array(length)),
    isGift: Uint8Array.from({ length }, (_, k) => (k < n ? 0 : 1)),
  };
};
