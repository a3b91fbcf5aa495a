/** A binary tree; node 0 is the root. `x <= threshold` goes left, a missing value where `missingLeft` says. */
export interface Tree {
  /** -1 at a leaf. */
  readonly feature: Int32Array;
  /** +Infinity: every present value goes left, missing ones right. */
  readonly threshold: Float64Array;
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds to the score, the learning rate applied; 0 elsewhere. */
  readonly value: Float64Array;
  /** Rows of the training that came through. */
  readonly cover: Float64Array;
}

/** Plain and serialisable. Score = base + Σ leaves; prediction = score, or its logistic. */
export interface BoostedTrees {
  readonly kind: 'trees';
  readonly loss: 'squared' | 'logistic';
  readonly columns: number;
  readonly base: number;
  readonly trees: readonly Tree[];
  /** Length columns: loss that the splits on a feature took away, in all. */
  readonly gain: Float64Array;
  readonly diagnostics: {
    readonly rows: number;
    /** Mean weighted loss before the first tree and after the last, on the training rows (optimistic). */
    readonly lossBefore: number;
    readonly lossAfter: number;
  };
}

/** `one_outcome`: a logistic fit needs both outcomes. */
export interface NoTreesAnswer {
  readonly kind: 'no_answer';
  readonly reason: 'one_outcome';
}
