import { chiSquareTail, hashPoint } from '@mesure/engine/experiment';

const CELLS = 1000;
const SIDE = 20;

const tailOf = (counts: Uint32Array, total: number): number => {
  const expected = total / counts.length;
  let sum = 0;
  for (const count of counts) sum += (count - expected) ** 2 / expected;
  return chiSquareTail(sum, counts.length - 1);
};

/** Chi-square of `ids` people under one salt in 1,000 cells, and jointly under two salts in 20 × 20. */
export const assignmentFlatness = (ids: number) => {
  const one = new Uint32Array(CELLS);
  const two = new Uint32Array(SIDE * SIDE);
  for (let i = 0; i < ids; i++) {
    const id = `018f3b6e-7a10-7000-8000-${i.toString(16).padStart(12, '0')}`;
    const point = hashPoint('spring', id);
    const cell = Math.floor(point * CELLS);
    one[cell] = (one[cell] as number) + 1;
    const joint = Math.floor(point * SIDE) * SIDE + Math.floor(hashPoint('summer', id) * SIDE);
    two[joint] = (two[joint] as number) + 1;
  }
  return { uniformP: tailOf(one, ids), independentP: tailOf(two, ids) };
};
