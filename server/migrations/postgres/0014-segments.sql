-- know/segments: named rules over profiles.

create table segment (
  workspace_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  description text not null default '',
  rule jsonb not null,
  -- SHA-256 of the canonical rule: an approval is bound to it.
  rule_hash text not null,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- A deleted segment still explains the campaigns that used it.
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
create unique index segment_name on segment (workspace_id, lower(name)) where deleted_at is null;

call protect_workspace_table('segment');
