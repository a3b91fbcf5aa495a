export type Language = 'en' | 'fr';
export type Localised = Readonly<Record<Language, string>>;

/** A rule with its truth for one person; a leaf carries the person's own value, already in words. */
export type RuleOutcome =
  | { readonly kind: 'all' | 'any'; readonly of: readonly RuleOutcome[] }
  | { readonly kind: 'not'; readonly of: RuleOutcome }
  | {
      readonly kind: 'condition';
      readonly words: Localised;
      readonly value: Localised | null;
      readonly met: boolean;
    };

export interface UsedValue {
  readonly name: Localised;
  readonly value: string | number | boolean | Localised;
}

export interface AudienceRule {
  /** The rule as `segments.explain` says it, in both languages. */
  readonly words: Localised;
  readonly hash: string;
  /** The person's values that the rule looked at. */
  readonly values: readonly UsedValue[];
  /** The rule's tree with its truth for this person; with it the page can say exactly what would have changed. */
  readonly outcome?: RuleOutcome;
}

export type ProductReason = 'rebuy' | 'popular_in_category' | 'popular' | 'chosen_by_hand';

export interface CandidateProduct {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly score: number;
  readonly reason: ProductReason;
  /** What the reason rests on: counts, days, dates. Numbers and short strings only. */
  readonly basis: Readonly<Record<string, string | number>>;
}

export type RemovalReason = 'just_bought' | 'unavailable' | 'sensitive' | 'bought_before_sending' | 'other';

export interface RemovedProduct {
  readonly sku: string;
  readonly name: string;
  readonly reason: RemovalReason;
}

export interface Choice {
  readonly variant: string;
  /** Keys of all variants that the person could have got, the chosen one included. */
  readonly variants: readonly string[];
  /** skus, in the order shown. */
  readonly products: readonly string[];
}

export interface ExperimentArm {
  readonly experiment: string;
  /** `variant`: which version; `holdout`: whether anything is sent. */
  readonly kind: 'variant' | 'holdout' | 'component';
  readonly arm: string;
  /** Share of people in this arm, in (0, 1]. */
  readonly share: number;
}

export interface Decision {
  readonly id: string;
  readonly campaignId: string;
  readonly profileId: string;
  readonly at: Date;
  readonly message: {
    readonly campaignName: string;
    /** As the reader got it; the template in a record whose message was never attempted, or from before it was kept. */
    readonly subject: string;
    readonly channel: 'email';
    readonly entityId: string;
  };
  readonly audienceRule: AudienceRule;
  /** Everything else that was looked at, by name: ids, counts, versions; never an address. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly candidates: readonly CandidateProduct[];
  readonly removed: readonly RemovedProduct[];
  readonly choice: Choice;
  /** Of this choice among the possible ones, in (0, 1]. */
  readonly probability: number;
  readonly experimentArms: readonly ExperimentArm[];
  readonly legalBasis: { readonly kind: 'consent'; readonly entryId: string };
  readonly approverNames: readonly string[];
  readonly contentHash: string;
  /** Component → version, e.g. `{ recommend: '1' }`. */
  readonly modelVersions: Readonly<Record<string, string>>;
}

/** The subject of the message that followed from a decision, as its reader got it. */
export interface SentSubject {
  readonly decisionId: string;
  readonly subject: string;
}
