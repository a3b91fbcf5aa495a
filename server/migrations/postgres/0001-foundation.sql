-- The ground every other migration stands on: workspaces, and the procedures that put tables under row-level security.
-- The runner sets mesure.app_role to the name of the role that the application logs in as.

create table workspace (
  id uuid primary key,
  name text not null,
  public_url text,
  time_zone text not null,
  currency text not null,
  language text not null check (language in ('en', 'fr')),
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

create function app_workspace() returns uuid
  language sql stable
  return nullif(current_setting('app.workspace', true), '')::uuid;

create procedure system_table(name text) language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %I to %I', name, current_setting('mesure.app_role'));
end $$;

create procedure protect_workspace_table(name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format(
    'create policy workspace on %I using (workspace_id = app_workspace()) with check (workspace_id = app_workspace())',
    name
  );
  execute format('grant select, insert, update, delete on %I to %I', name, current_setting('mesure.app_role'));
end $$;

create procedure append_only_workspace_table(name text) language plpgsql as $$
begin
  call protect_workspace_table(name);
  execute format('revoke update, delete on %I from %I', name, current_setting('mesure.app_role'));
end $$;

create procedure grant_sequence(name text) language plpgsql as $$
begin
  execute format('grant usage, select on sequence %I to %I', name, current_setting('mesure.app_role'));
end $$;

call system_table('workspace');
