import type { Capped } from './share-cap.ts';

/** The probabilities of the actions that are allowed now, as they will be drawn from. */
export interface Distribution {
  /** In the order in which the policy knows them. */
  readonly allowed: readonly string[];
  /** Same order; sums to 1; each at least `floor` unless nothing else fits. */
  readonly propensities: Float64Array;
  /** The floor that holds: 1/K where the settings' one does not fit. */
  readonly floor: number;
  /** Whether the share cap changed something; 'relaxed' when the caps of the allowed actions exclude each other. */
  readonly capped: Capped;
  /**
   * 'exact': the rule's own probabilities, in closed form. 'certified': the rule's are no further than `bound` away. Either way the action is
   * drawn from `propensities` themselves: as propensities of the draw they are exact.
   */
  readonly certificate: { readonly kind: 'exact' } | { readonly kind: 'certified'; readonly bound: number };
}

export interface Decision extends Distribution {
  readonly action: string;
  /** Probability of `action`, in (0, 1]. */
  readonly propensity: number;
  /** Only one action was allowed: nothing was chosen, and evaluations leave it out. */
  readonly forced: boolean;
}
