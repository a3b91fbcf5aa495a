-- One chain of entries per workspace: entry n carries SHA-256 of entry n-1's hash and its own content.

create table audit_entry (
  workspace_id uuid not null,
  sequence bigint not null check (sequence > 0),
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('account', 'token', 'system')),
  actor_id text not null,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  hash bytea not null check (length(hash) = 32),
  primary key (workspace_id, sequence)
);
create index audit_entry_subject on audit_entry (workspace_id, subject_kind, subject_id, sequence);
create index audit_entry_actor on audit_entry (workspace_id, actor_id, sequence);
call append_only_workspace_table('audit_entry');

-- The end of each chain: the row that writers lock, and what shows that the newest entries were cut off.
create table audit_head (
  workspace_id uuid primary key,
  sequence bigint not null,
  hash bytea not null check (length(hash) = 32)
);
call protect_workspace_table('audit_head');
