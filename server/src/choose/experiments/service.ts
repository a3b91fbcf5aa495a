import { type Arm, checkArms } from '@mesure/engine/experiment';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import {
  type Assignment,
  assign,
  campaignArms,
  campaignSalt,
  GLOBAL_HOLDOUT,
  globalHoldout,
  globalHoldoutExperiment,
  type NewAssignment,
  workspaceSalt,
} from './assignment.ts';
import {
  type ArmSummary,
  allAssignments,
  armSummaries,
  assignmentPage,
  assignmentsOfPeople,
} from './read.ts';
import { insertAssignments } from './store.ts';

export interface Enrolment {
  readonly campaignId: string;
  /** Everybody who is eligible, before any rule that may block them later. */
  readonly profileIds: readonly string[];
  readonly eligibleAt: Date;
  readonly variants: readonly { readonly key: string; readonly weight: number }[];
  /** Share of those outside the global holdout; in [0, 1). */
  readonly holdoutShare: number;
  readonly globalHoldoutShare: number;
}

export interface Assignments {
  /** Sticky: a person who is already in the experiment keeps the first arm. Returns how many were new. */
  readonly record: (tx: Tx, rows: readonly NewAssignment[]) => Promise<number>;
  /** Everybody, ordered by profile. For large experiments read pages. */
  readonly of: (tx: Tx, experiment: string) => Promise<Assignment[]>;
  readonly page: typeof assignmentPage;
  readonly ofPeople: (
    tx: Tx,
    query: { readonly experiment: string; readonly profileIds: readonly string[] },
  ) => Promise<ReadonlyMap<string, Assignment>>;
  readonly summary: (tx: Tx, experiment: string) => Promise<ArmSummary[]>;
}

export interface Experiments {
  readonly assignments: Assignments;
  /**
   * Draws people into `global_holdout`, `holdout` or a variant and records it, in that order: the global holdout leaves
   * first, the others are randomised under the campaign's own salt. Enrolling somebody again changes nothing.
   */
  readonly enrolCampaign: (tx: Tx, enrolment: Enrolment) => Promise<ReadonlyMap<string, Assignment>>;
}

const CHUNK = 20_000;

const chunksOf = function* <T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += CHUNK) yield items.slice(from, from + CHUNK);
};

const byProfile = (rows: readonly Assignment[]): Map<string, Assignment> =>
  new Map(rows.map((row) => [row.profileId, row]));

const record = async (tx: Tx, rows: readonly NewAssignment[]): Promise<number> => {
  let added = 0;
  for (const chunk of chunksOf(rows)) added += await insertAssignments(tx, chunk);
  return added;
};

const workspaceOf = (tx: Tx): string => {
  if (tx.workspaceId === null)
    throw appError('internal', { message: 'Experiments need a transaction of a workspace.' });
  return tx.workspaceId;
};

/** Sticky draw into the global holdout: who is in it stays in it, whatever becomes of the share. */
const enrolGlobally = async (
  tx: Tx,
  enrolment: Enrolment,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, Assignment>> => {
  const workspaceId = workspaceOf(tx);
  const experiment = globalHoldoutExperiment(workspaceId);
  const share = enrolment.globalHoldoutShare;
  const known = byProfile(await assignmentsOfPeople(tx, experiment, profileIds));
  const salt = workspaceSalt(workspaceId);
  const drawn = profileIds
    .filter((profileId) => !known.has(profileId))
    .map((profileId) => {
      const out = globalHoldout(salt, profileId, share);
      return {
        experiment,
        profileId,
        arm: out ? GLOBAL_HOLDOUT : 'in_programme',
        probability: out ? share : 1 - share,
        eligibleAt: enrolment.eligibleAt,
      };
    });
  await insertAssignments(tx, drawn);
  for (const row of drawn) known.set(row.profileId, row);
  return known;
};

const enrolChunk = async (
  tx: Tx,
  enrolment: Enrolment,
  input: { readonly profileIds: readonly string[]; readonly arms: readonly Arm[] },
): Promise<Assignment[]> => {
  const { campaignId, eligibleAt } = enrolment;
  const known = byProfile(await assignmentsOfPeople(tx, campaignId, input.profileIds));
  const newcomers = input.profileIds.filter((profileId) => !known.has(profileId));
  if (newcomers.length > 0) {
    const global = await enrolGlobally(tx, enrolment, newcomers);
    const salt = campaignSalt(workspaceOf(tx), campaignId);
    const rows = newcomers.map((profileId): NewAssignment => {
      const out = global.get(profileId);
      const { arm, probability } =
        out?.arm === GLOBAL_HOLDOUT ? out : assign({ salt, profileId, arms: input.arms });
      return { experiment: campaignId, profileId, arm, probability, eligibleAt };
    });
    // Somebody else enrolled one of them a moment ago: what was written first counts.
    if ((await insertAssignments(tx, rows)) < rows.length)
      return assignmentsOfPeople(tx, campaignId, input.profileIds);
    for (const { experiment: _, ...row } of rows) known.set(row.profileId, row);
  }
  return [...known.values()];
};

export const createExperiments = (): Experiments => ({
  assignments: {
    record,
    of: allAssignments,
    page: assignmentPage,
    ofPeople: async (tx, { experiment, profileIds }) => {
      const found: Assignment[] = [];
      for (const chunk of chunksOf(profileIds))
        found.push(...(await assignmentsOfPeople(tx, experiment, chunk)));
      return byProfile(found);
    },
    summary: armSummaries,
  },
  enrolCampaign: async (tx, enrolment) => {
    const arms = campaignArms(enrolment);
    checkArms(arms);
    const all = new Map<string, Assignment>();
    for (const profileIds of chunksOf([...new Set(enrolment.profileIds)])) {
      for (const row of await enrolChunk(tx, enrolment, { profileIds, arms })) all.set(row.profileId, row);
    }
    return all;
  },
});
