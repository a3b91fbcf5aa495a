import type { Tx } from '#platform/postgres';
import type { Decision } from './decision.ts';
import { decisionById, decisionsOfProfile, latestDecision } from './read.ts';
import { insertDecisions } from './store.ts';

export interface Decisions {
  /** All or none; a record with a part missing fails the caller's transaction. Records are never changed. */
  readonly record: (tx: Tx, rows: readonly Decision[]) => Promise<void>;
  readonly byId: (tx: Tx, id: string) => Promise<Decision | null>;
  /** The last decision taken for this person in this campaign. */
  readonly latestFor: (
    tx: Tx,
    query: { readonly campaignId: string; readonly profileId: string },
  ) => Promise<Decision | null>;
  /** Newest first. */
  readonly ofProfile: (tx: Tx, profileId: string, limit: number) => Promise<Decision[]>;
}

export const createDecisions = (): Decisions => ({
  record: async (tx, rows) => {
    if (rows.length > 0) await insertDecisions(tx, rows);
  },
  byId: async (tx, id) => (await decisionById(tx, id)) ?? null,
  latestFor: async (tx, { campaignId, profileId }) =>
    (await latestDecision(tx, campaignId, profileId)) ?? null,
  ofProfile: decisionsOfProfile,
});
