-- choose/experiments: who was drawn into which arm, when, and with which probability.

-- Written once, at first eligibility, and never changed: later shares apply to newcomers only (intention to treat).
create table assignment (
  workspace_id uuid not null,
  experiment_id uuid not null,
  profile_id uuid not null,
  arm text not null check (arm <> ''),
  probability double precision not null check (probability > 0 and probability <= 1),
  eligible_at timestamptz not null,
  primary key (workspace_id, experiment_id, profile_id)
);
call append_only_workspace_table('assignment');
