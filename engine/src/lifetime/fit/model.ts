import type { PurchaseModelName, PurchaseParameters } from '../models/parameters.ts';
import type { LikelihoodRegion } from './region.ts';

/**
 * Whether the data show that people leave. `seen`: twice the log-likelihood ratio against the NBD, in which nobody does, is above
 * `critical`. `not_seen`: it is not; the model is then the NBD, and no chance to have left is said of anybody. `not_asked`: the NBD
 * was asked for.
 */
export type Dropout =
  | { readonly kind: 'seen'; readonly likelihoodRatio: number; readonly critical: number }
  | {
      readonly kind: 'not_seen';
      readonly reason: 'collapsed_to_nbd';
      readonly likelihoodRatio: number;
      readonly critical: number;
    }
  | { readonly kind: 'not_asked' };

/** A fitted purchase model; plain data. */
export interface PurchaseModel {
  readonly kind: 'purchases';
  /** The model in force is `parameters.model`; this one was asked for. */
  readonly asked: PurchaseModelName;
  readonly parameters: PurchaseParameters;
  readonly estimate: 'map' | 'ml';
  /** At the parameters, without the prior. */
  readonly logLikelihood: number;
  readonly dropout: Dropout;
  /** Days in the unit of time. */
  readonly unitDays: number;
  readonly people: number;
  readonly repeaters: number;
  readonly region: LikelihoodRegion;
  readonly diagnostics: {
    readonly distinctRows: number;
    /** -log-likelihood (with the prior) reached from each start. */
    readonly starts: readonly number[];
    readonly evaluations: number;
    readonly nbdLogLikelihood: number;
  };
}

/**
 * `too_few_repeaters`: fewer people who came back than `leastRepeaters`; `no_time_passed`: everybody is of age 0; `not_settled`: no
 * start led to an optimum.
 */
export interface NoPurchaseModel {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_repeaters' | 'no_time_passed' | 'not_settled';
  readonly people: number;
  readonly repeaters: number;
}
