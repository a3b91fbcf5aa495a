import { checkSlots } from './sends.ts';

/** What slots that are 0, 1, 2 apart (around midnight too) have in common, and what two kinds of day do. */
const APART = [1, 0.6, 0.14] as const;
const OTHER_DAY = 0.5;

/** Cells near a cell and their weights, itself left out. */
export interface Neighbours {
  readonly cell: Uint8Array;
  readonly weight: Float64Array;
}

const made = new Map<number, readonly Neighbours[]>();

/** Neighbours of each of the 2 × slots cells. Depends on nothing but `slots`, and is kept. */
export const neighboursOf = (slots: number): readonly Neighbours[] => {
  const kept = made.get(checkSlots(slots));
  if (kept) return kept;
  const all = Array.from({ length: 2 * slots }, (_, own): Neighbours => {
    const found: { readonly cell: number; readonly weight: number }[] = [];
    for (let cell = 0; cell < 2 * slots; cell++) {
      const apart = Math.abs((cell % slots) - (own % slots));
      const weight = APART[Math.min(apart, slots - apart)];
      if (cell === own || weight === undefined) continue;
      found.push({ cell, weight: cell < slots === own < slots ? weight : OTHER_DAY * weight });
    }
    return {
      cell: Uint8Array.from(found, ({ cell }) => cell),
      weight: Float64Array.from(found, ({ weight }) => weight),
    };
  });
  made.set(slots, all);
  return all;
};

/** A person's engagement, found and expected, in the cells around one. */
export interface Around {
  readonly found: number;
  readonly expected: number;
}

/** O(neighbours). */
export const around = (
  { cell, weight }: Neighbours,
  found: (cell: number) => number,
  expected: (cell: number) => number,
): Around => {
  let [y, e] = [0, 0];
  for (let j = 0; j < cell.length; j++) {
    const at = cell[j] as number;
    const w = weight[j] as number;
    y += w * found(at);
    e += w * expected(at);
  }
  return { found: y, expected: e };
};

/** What the cells around say of a cell, as a factor: (shape + ρ found)/(shape + ρ expected), the mean of a Gamma. */
export const factorAround = (
  { found, expected }: Around,
  { shape, sharing }: { readonly shape: number; readonly sharing: number },
): number => (shape + sharing * found) / (shape + sharing * expected);
