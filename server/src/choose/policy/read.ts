import type { Tx } from '#platform/postgres';
import type { Decision } from './decision.ts';

const columns = `id, campaign_id as "campaignId", profile_id as "profileId", at,
  case when s.subject is null then message else message || jsonb_build_object('subject', s.subject) end as message,
  audience_rule as "audienceRule", inputs, candidates, removed, choice, probability,
  experiment_arms as "experimentArms", legal_basis as "legalBasis", approver_names as "approverNames",
  content_hash as "contentHash", model_versions as "modelVersions"`;

const decisions = `decision d left join decision_subject s on s.workspace_id = d.workspace_id and s.decision_id = d.id`;

export const decisionById = (tx: Tx, id: string): Promise<Decision | undefined> =>
  tx.maybe<Decision>(
    `select ${columns} from ${decisions} where d.workspace_id = app_workspace() and id = $1`,
    [id],
  );

export const latestDecision = (
  tx: Tx,
  campaignId: string,
  profileId: string,
): Promise<Decision | undefined> =>
  tx.maybe<Decision>(
    `select ${columns} from ${decisions}
     where d.workspace_id = app_workspace() and campaign_id = $1 and profile_id = $2
     order by at desc, id desc limit 1`,
    [campaignId, profileId],
  );

export const decisionsOfProfile = (tx: Tx, profileId: string, limit: number): Promise<Decision[]> =>
  tx.rows<Decision>(
    `select ${columns} from ${decisions} where d.workspace_id = app_workspace() and profile_id = $1
     order by at desc, id desc limit $2`,
    [profileId, limit],
  );
