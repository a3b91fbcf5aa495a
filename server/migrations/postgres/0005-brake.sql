-- One row per brake. scope_id is the zero uuid for the global one. A workspace without its global row is braked.
create table brake (
  workspace_id uuid not null,
  scope text not null check (scope in ('global', 'campaign')),
  scope_id uuid not null,
  engaged boolean not null,
  reason text not null,
  changed_by_id text,
  changed_by_name text,
  changed_at timestamptz not null,
  release_reason text,
  release_by_id text,
  release_by_name text,
  release_at timestamptz,
  primary key (workspace_id, scope, scope_id),
  check (scope <> 'global' or scope_id = '00000000-0000-0000-0000-000000000000')
);
call protect_workspace_table('brake');
-- A brake row is never removed: a campaign without a row was never braked.
do $$
begin
  execute format('revoke delete on brake from %I', current_setting('mesure.app_role'));
end $$;
