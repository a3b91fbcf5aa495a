-- One row per decision about one person, kept as it was taken (G-04): "why did I get this?" reads nothing else.
create table decision (
  workspace_id uuid not null,
  id uuid primary key,
  campaign_id uuid not null,
  profile_id uuid not null,
  at timestamptz not null,
  message jsonb not null,
  audience_rule jsonb not null,
  inputs jsonb not null,
  candidates jsonb not null,
  removed jsonb not null,
  choice jsonb not null,
  probability double precision not null check (probability > 0 and probability <= 1),
  experiment_arms jsonb not null,
  legal_basis jsonb not null,
  approver_names text[] not null check (cardinality(approver_names) > 0),
  content_hash text not null check (content_hash <> ''),
  model_versions jsonb not null
);
create index decision_person on decision (workspace_id, profile_id, campaign_id, at desc, id desc);
call append_only_workspace_table('decision');
