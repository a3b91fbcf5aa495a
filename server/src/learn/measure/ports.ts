import type { Assignment } from '#choose/experiments';
import type { Tx } from '#platform/postgres';

export interface CampaignFact {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** Frozen at the start: everybody the audience gave. Null before. */
  readonly audience: number | null;
  readonly variants: readonly { readonly key: string; readonly weight: number }[];
  readonly holdoutShare: number;
  /** Days after eligibility in which an order counts, where the campaign froze them; else the workspace's setting. */
  readonly windowDays?: number;
}

export interface SendStateCount {
  readonly variant: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly count: number;
}

/** What the report needs of a campaign and of its send ledger. */
export interface CampaignFacts {
  readonly campaign: (tx: Tx, id: string) => Promise<CampaignFact | null>;
  readonly sendStates: (tx: Tx, id: string) => Promise<readonly SendStateCount[]>;
}

export interface AssignmentsPort {
  readonly summary: (
    tx: Tx,
    experiment: string,
  ) => Promise<
    readonly {
      readonly arm: string;
      readonly people: number;
      readonly firstEligibleAt: Date;
      readonly lastEligibleAt: Date;
    }[]
  >;
  readonly page: (
    tx: Tx,
    page: { readonly experiment: string; readonly after?: string; readonly limit: number },
  ) => Promise<readonly Assignment[]>;
}

export interface SettingsPort {
  readonly get: (tx: Tx) => Promise<{
    readonly currency: string;
    readonly timeZone: string;
    readonly experimentWindowDays: number;
  }>;
}
