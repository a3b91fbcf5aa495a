import type { Tx } from '#platform/postgres';
import type { Decision, SentSubject } from './decision.ts';
import { decisionById, decisionsOfProfile, latestDecision } from './read.ts';
import { insertDecisions, insertSubjects } from './store.ts';

export interface Decisions {
  /** All or none; a record with a part missing fails the caller's transaction. Records are never changed. */
  readonly record: (tx: Tx, rows: readonly Decision[]) => Promise<void>;
  /** With the attempt, once per decision: the message is made after the decision is kept. */
  readonly recordSubjects: (tx: Tx, rows: readonly SentSubject[]) => Promise<void>;
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
  recordSubjects: async (tx, rows) => {
    if (rows.length > 0) await insertSubjects(tx, rows);
  },
  byId: async (tx, id) => (await decisionById(tx, id)) ?? null,
  latestFor: async (tx, { campaignId, profileId }) =>
    (await latestDecision(tx, campaignId, profileId)) ?? null,
  ofProfile: decisionsOfProfile,
});
