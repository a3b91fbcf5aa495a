import type { Interval, NoAnswer, SampleRatio } from '@mesure/engine/experiment';

export type Difference =
  | {
      readonly answered: true;
      readonly absolute: Interval;
      readonly relative: Interval | null;
      readonly method: 'asymptotic' | 'exact';
      readonly verdict: 'higher' | 'lower' | 'not_yet';
    }
  | {
      readonly answered: false;
      readonly reason: NoAnswer['reason'] | 'no_earlier_data';
      readonly needed: number | null;
      readonly have: number | null;
    };

export type ArmKind = 'variant' | 'holdout' | 'global_holdout';

export interface ReportArm {
  readonly key: string;
  readonly kind: ArmKind;
  readonly plannedShare: number | null;
  readonly assigned: number;
  /** State of the send ledger → people. */
  readonly sends: Readonly<Record<string, number>>;
  readonly clickedPeople: number;
  readonly clicksWithoutPerson: number;
  readonly unsubscribed: number;
  readonly orderedPeople: number;
  readonly orders: number;
  readonly revenueMinor: number;
}

/** Every variant together, as the treatment of a comparison. */
export const ALL_VARIANTS = 'all';

export interface Comparison {
  readonly treatment: string;
  readonly control: string;
  readonly conversion: Difference;
  readonly revenue: Difference;
}

export type FindingStatus = 'proven' | 'not_yet' | 'harmful' | 'not_comparable' | 'not_started';

export interface CampaignReport {
  readonly campaign: { readonly id: string; readonly name: string; readonly state: string };
  readonly asOf: Date;
  readonly currency: string;
  readonly confidence: number;
  readonly window: {
    readonly days: number;
    readonly firstEligibleAt: Date | null;
    readonly endsAt: Date | null;
    readonly complete: boolean;
  };
  readonly arms: readonly ReportArm[];
  readonly comparisons: readonly Comparison[];
  readonly sampleRatio: (SampleRatio & { readonly asPlanned: boolean }) | null;
  readonly moneyCapMinor: number | null;
  readonly otherCurrencyOrders: number;
  readonly ledger: Ledger;
}

export interface Ledger {
  readonly audience: number;
  readonly holdout: number;
  readonly globalHoldout: number;
  readonly states: Readonly<Record<string, number>>;
  readonly blocked: readonly { readonly reason: string; readonly people: number }[];
  readonly unaccounted: number;
}
