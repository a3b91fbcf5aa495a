import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';

/** People of a test and the order in which a model would treat them; one row a person. */
export interface RankingInput {
  /** Length n, finite. */
  readonly outcomes: ArrayLike<number>;
  /** Length n: 1 treated, 0 control. */
  readonly treated: ArrayLike<number>;
  /** Length n, finite: highest first. Cross-fitted, or of people the model has not seen. */
  readonly scores: ArrayLike<number>;
}

export interface Ranked {
  readonly outcomes: Float64Array;
  readonly treated: Uint8Array;
  /** Rows by falling score; of equal scores the later row first (scikit-uplift's order). */
  readonly order: Int32Array;
  /** Length n: which distinct score a row has, 0 the highest. */
  readonly group: Int32Array;
  readonly groups: number;
  readonly binary: boolean;
}

/** Per distinct score from the highest: rows and sums of outcomes of both arms. */
export interface GroupSums {
  readonly treated: Float64Array;
  readonly control: Float64Array;
  readonly treatedSum: Float64Array;
  readonly controlSum: Float64Array;
}

/** @throws EngineError `empty_arm`, `out_of_range` (not 0 or 1), `empty_input` */
export const armsFrom = (treated: ArrayLike<number>): Uint8Array => {
  const out = new Uint8Array(treated.length);
  if (out.length === 0) throw engineError('empty_input', 'there is nobody');
  let sum = 0;
  for (let i = 0; i < out.length; i++) {
    const t = treated[i] as number;
    if (t !== 0 && t !== 1)
      throw engineError('out_of_range', `treated[${i}] must be 0 or 1, got ${t}`, { index: i });
    out[i] = t;
    sum += t;
  }
  if (sum === 0 || sum === out.length)
    throw engineError('empty_arm', `nobody is ${sum === 0 ? 'treated' : 'in the control'}`);
  return out;
};

export const isBinary = (outcomes: Float64Array): boolean => outcomes.every((y) => y === 0 || y === 1);

/** Checks and sorts. O(n log n). */
export const rankedFrom = (input: RankingInput): Ranked => {
  const treated = armsFrom(input.treated);
  const n = treated.length;
  checkLength('outcomes', input.outcomes.length, n);
  checkLength('scores', input.scores.length, n);
  checkAllFinite('outcomes', input.outcomes);
  checkAllFinite('scores', input.scores);
  const outcomes = Float64Array.from(input.outcomes);
  const { scores } = input;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || b - a,
  );
  const group = new Int32Array(n);
  let groups = 0;
  for (let k = 0; k < n; k++) {
    const row = order[k] as number;
    if (k > 0 && scores[row] !== scores[order[k - 1] as number]) groups++;
    group[row] = groups;
  }
  return { outcomes, treated, order, group, groups: groups + 1, binary: isBinary(outcomes) };
};

export const emptySums = (groups: number): GroupSums => ({
  treated: new Float64Array(groups),
  control: new Float64Array(groups),
  treatedSum: new Float64Array(groups),
  controlSum: new Float64Array(groups),
});

export const addRow = (sums: GroupSums, { treated, group, outcomes }: Ranked, row: number): void => {
  const g = group[row] as number;
  const own = treated[row] === 1;
  const count = own ? sums.treated : sums.control;
  const total = own ? sums.treatedSum : sums.controlSum;
  count[g] = (count[g] as number) + 1;
  total[g] = (total[g] as number) + (outcomes[row] as number);
};

export const groupSums = (ranked: Ranked): GroupSums => {
  const sums = emptySums(ranked.groups);
  for (let row = 0; row < ranked.outcomes.length; row++) addRow(sums, ranked, row);
  return sums;
};
