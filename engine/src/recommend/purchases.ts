/** Order lines as columns of one length: line k says that `person[k]` bought `item[k]` in `order[k]` at `atMs[k]`. */
export interface PurchaseLines {
  /** Number of people; `person` holds indices below it. */
  readonly people: number;
  /** Number of items; `item` holds indices below it. */
  readonly items: number;
  readonly person: Uint32Array;
  readonly item: Uint32Array;
  /** Any number that is the same for lines of one order. */
  readonly order: Uint32Array;
  /** Milliseconds since 1970. */
  readonly atMs: Float64Array;
}

/**
 * Distinct (person, item) pairs, sorted by person then item: those of person u are at `start[u]` to `start[u + 1]`.
 */
export interface Purchases {
  readonly people: number;
  readonly items: number;
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** Distinct orders that hold the item. */
  readonly orders: Uint32Array;
  /** Orders weighted by age: one now counts 1, one a half-life ago 0.5. Equals `orders` without a half-life. */
  readonly weight: Float64Array;
  readonly lastAtMs: Float64Array;
}

export interface Decay {
  readonly halfLifeDays: number;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

const checkLines = (lines: PurchaseLines): void => {
  const n = lines.person.length;
  if (lines.item.length !== n || lines.order.length !== n || lines.atMs.length !== n) {
    throw new RangeError('purchases: the columns differ in length');
  }
  for (let k = 0; k < n; k++) {
    const person = lines.person[k] as number;
    const item = lines.item[k] as number;
    if (person >= lines.people || item >= lines.items)
      throw new RangeError(`purchases: line ${k} points outside the people or items`);
    if (!Number.isFinite(lines.atMs[k])) throw new RangeError(`purchases: line ${k} has no instant`);
  }
};

/**
 * Merges lines into distinct pairs: an item that is on two lines of one order was bought once in it.
 * Cost: one sort of the lines.
 */
export const collectPurchases = (lines: PurchaseLines, decay?: Decay): Purchases => {
  checkLines(lines);
  const { person, item, order, atMs } = lines;
  const rows = Uint32Array.from(person, (_, k) => k).sort(
    (a, b) =>
      (person[a] as number) - (person[b] as number) ||
      (item[a] as number) - (item[b] as number) ||
      (order[a] as number) - (order[b] as number),
  );
  const start = new Uint32Array(lines.people + 1);
  const items = new Uint32Array(rows.length);
  const orders = new Uint32Array(rows.length);
  const weight = new Float64Array(rows.length);
  const lastAtMs = new Float64Array(rows.length);
  let pair = -1;
  let before = -1;
  for (const row of rows) {
    const samePair = before >= 0 && person[before] === person[row] && item[before] === item[row];
    if (!samePair) {
      pair += 1;
      items[pair] = item[row] as number;
      lastAtMs[pair] = Number.NEGATIVE_INFINITY;
      const next = (person[row] as number) + 1;
      start[next] = (start[next] as number) + 1;
    }
    const at = atMs[row] as number;
    lastAtMs[pair] = Math.max(lastAtMs[pair] as number, at);
    if (!samePair || order[before] !== order[row]) {
      orders[pair] = (orders[pair] as number) + 1;
      const ageDays = decay ? Math.max(0, decay.nowMs - at) / DAY_MS : 0;
      weight[pair] = (weight[pair] as number) + (decay ? 0.5 ** (ageDays / decay.halfLifeDays) : 1);
    }
    before = row;
  }
  for (let u = 0; u < lines.people; u++) start[u + 1] = (start[u + 1] as number) + (start[u] as number);
  const pairs = pair + 1;
  return {
    people: lines.people,
    items: lines.items,
    start,
    item: items.slice(0, pairs),
    orders: orders.slice(0, pairs),
    weight: weight.slice(0, pairs),
    lastAtMs: lastAtMs.slice(0, pairs),
  };
};

/** Distinct people per item. For a window, collect the purchases of the window. */
export const popularity = (purchases: Purchases): Uint32Array => {
  const people = new Uint32Array(purchases.items);
  for (const item of purchases.item) people[item] = (people[item] as number) + 1;
  return people;
};
