import { engineError } from '../errors/index.ts';
import type { BetaPrior, PolicySettings } from './settings.ts';

export const STATE_FORMAT = 'mesure.policy';
export const STATE_VERSION = 1;

/** An action in a saved state: plain numbers, for JSON. */
export interface ActionState {
  readonly key: string;
  readonly active: boolean;
  readonly prior:
    | BetaPrior
    | { readonly mean?: readonly number[]; readonly precision: number | readonly number[] };
  readonly total: readonly number[];
  readonly periods: readonly (readonly number[])[];
  readonly current: readonly number[] | null;
  readonly fresh: readonly number[] | null;
  readonly draws: readonly number[];
  /** What of `draws` was given away already, and the period's shares that were not. */
  readonly unshared: { readonly draws: readonly number[]; readonly decisions: number; readonly sum: number };
  readonly shares: {
    readonly previous: number | null;
    readonly decisions: number;
    readonly sum: number;
  };
}

/** All of a policy; goes through JSON without loss. */
export interface PolicyState {
  readonly format: typeof STATE_FORMAT;
  readonly version: typeof STATE_VERSION;
  readonly settings: PolicySettings;
  /** The process that gives its updates away under this name. */
  readonly as: string | null;
  /** Periods closed so far. */
  readonly period: number;
  readonly actions: readonly ActionState[];
  /** Updates given away so far, those not yet taken, and the last one merged from each process. */
  readonly given: number;
  readonly waiting: readonly PeriodUpdate[];
  readonly merged: Readonly<Record<string, number>>;
}

/** What one process learned in one period. */
export interface PeriodUpdate {
  readonly period: number;
  readonly actions: Readonly<Record<string, ActionUpdate>>;
}

export interface ActionUpdate {
  readonly sums: readonly number[];
  readonly draws: readonly number[];
  /** [decisions, Σ p]. */
  readonly shares: readonly [number, number];
}

/** What one process learned since it was last asked. */
export interface PolicyUpdate {
  readonly format: typeof STATE_FORMAT;
  readonly version: typeof STATE_VERSION;
  readonly from: string;
  /** 1, 2, 3 … per process: the same one is merged once, a missing one is noticed. */
  readonly sequence: number;
  /** The settings it was learned with, as text: others do not add. */
  readonly settings: string;
  readonly periods: readonly PeriodUpdate[];
}

export type Merged =
  | { readonly kind: 'merged'; readonly tooOld: number }
  | { readonly kind: 'already_merged' }
  | { readonly kind: 'missing_before'; readonly expected: number };

/** @throws EngineError `version_mismatch` for a state or an update of another format or version. */
export const checkFormat = (found: { readonly format: string; readonly version: number }): void => {
  if (found.format !== STATE_FORMAT || found.version !== STATE_VERSION)
    throw engineError(
      'version_mismatch',
      `need ${STATE_FORMAT} version ${STATE_VERSION}, got ${found.format} version ${found.version}`,
      { format: found.format, version: found.version },
    );
};
