import type { Tx } from '#platform/postgres';
import type { Assignment } from './assignment.ts';

const columns = `profile_id as "profileId", arm, probability, eligible_at as "eligibleAt"`;

export const assignmentsOfPeople = (
  tx: Tx,
  experiment: string,
  profileIds: readonly string[],
): Promise<Assignment[]> =>
  tx.rows<Assignment>(
    `select ${columns} from assignment
     where workspace_id = app_workspace() and experiment_id = $1 and profile_id = any($2::uuid[])`,
    [experiment, profileIds],
  );

export const assignmentPage = (
  tx: Tx,
  page: { readonly experiment: string; readonly after?: string; readonly limit: number },
): Promise<Assignment[]> =>
  tx.rows<Assignment>(
    `select ${columns} from assignment
     where workspace_id = app_workspace() and experiment_id = $1 and ($2::uuid is null or profile_id > $2)
     order by profile_id limit $3`,
    [page.experiment, page.after ?? null, page.limit],
  );

export const allAssignments = (tx: Tx, experiment: string): Promise<Assignment[]> =>
  tx.rows<Assignment>(
    `select ${columns} from assignment where workspace_id = app_workspace() and experiment_id = $1 order by profile_id`,
    [experiment],
  );

export interface ArmSummary {
  readonly arm: string;
  readonly people: number;
  readonly firstEligibleAt: Date;
  readonly lastEligibleAt: Date;
}

export const armSummaries = (tx: Tx, experiment: string): Promise<ArmSummary[]> =>
  tx.rows<ArmSummary>(
    `select arm, count(*) as people, min(eligible_at) as "firstEligibleAt", max(eligible_at) as "lastEligibleAt"
     from assignment where workspace_id = app_workspace() and experiment_id = $1 group by arm order by arm`,
    [experiment],
  );
