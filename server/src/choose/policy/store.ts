import type { Tx } from '#platform/postgres';
import type { Decision, SentSubject } from './decision.ts';

/** Absent parts arrive as null and are refused by the table: a decision without its record is none (G-04). */
export const insertDecisions = async (tx: Tx, rows: readonly Decision[]): Promise<void> => {
  const json = rows.map((row) => ({
    id: row.id,
    campaign_id: row.campaignId,
    profile_id: row.profileId,
    at: row.at,
    message: row.message,
    audience_rule: row.audienceRule,
    inputs: row.inputs,
    candidates: row.candidates,
    removed: row.removed,
    choice: row.choice,
    probability: row.probability,
    experiment_arms: row.experimentArms,
    legal_basis: row.legalBasis,
    approver_names: row.approverNames,
    content_hash: row.contentHash,
    model_versions: row.modelVersions,
  }));
  await tx.run(
    `insert into decision (workspace_id, id, campaign_id, profile_id, at, message, audience_rule, inputs, candidates,
       removed, choice, probability, experiment_arms, legal_basis, approver_names, content_hash, model_versions)
     select app_workspace(), d.id, d.campaign_id, d.profile_id, d.at, d.message, d.audience_rule, d.inputs, d.candidates,
       d.removed, d.choice, d.probability, d.experiment_arms, d.legal_basis, d.approver_names, d.content_hash,
       d.model_versions
     from jsonb_to_recordset($1::jsonb) as d(id uuid, campaign_id uuid, profile_id uuid, at timestamptz, message jsonb,
       audience_rule jsonb, inputs jsonb, candidates jsonb, removed jsonb, choice jsonb, probability double precision,
       experiment_arms jsonb, legal_basis jsonb, approver_names text[], content_hash text, model_versions jsonb)`,
    [JSON.stringify(json)],
  );
};

/** What is kept already stays as it is. */
export const insertSubjects = async (tx: Tx, rows: readonly SentSubject[]): Promise<void> => {
  await tx.run(
    `insert into decision_subject (workspace_id, decision_id, subject)
     select app_workspace(), s.id, s.subject from unnest($1::uuid[], $2::text[]) as s (id, subject)
     on conflict do nothing`,
    [rows.map(({ decisionId }) => decisionId), rows.map(({ subject }) => subject)],
  );
};
