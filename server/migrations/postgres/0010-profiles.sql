-- know/profiles: what we know of one person, and what each of them bought last.

-- One sequence for every change of every profile: a profile that is removed and comes back still has a higher version.
create sequence profile_version_seq;
call grant_sequence('profile_version_seq');

create table profile (
  workspace_id uuid not null,
  id uuid not null,
  external_id text collate "C" check (external_id <> ''),
  email text check (email <> ''),
  email_key text collate "C" check (email_key <> '' and (email_key is null) = (email is null)),
  first_name text,
  first_name_key text collate "C",
  last_name text,
  last_name_key text collate "C",
  language text check (language in ('fr', 'en')),
  time_zone text,
  country text,
  region text,
  city text,
  traits jsonb not null default '{}' check (jsonb_typeof(traits) = 'object'),
  -- Made up for a demonstration: shown as such wherever the person appears.
  simulated boolean not null default false,
  -- The import that created this profile while nothing else knows it; the zero id as soon as something else does.
  import_id uuid not null default '00000000-0000-0000-0000-000000000000',
  version bigint not null default nextval('profile_version_seq'),
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check (id <> '00000000-0000-0000-0000-000000000000')
);

-- Keys are written by the application (lower case, no accents in names) and compared as they are: under row-level
-- security PostgreSQL uses an index only for leakproof operators, and neither lower() nor LIKE is leakproof.
create unique index profile_email on profile (workspace_id, email_key);
create unique index profile_external_id on profile (workspace_id, external_id);
create index profile_first_name on profile (workspace_id, first_name_key, id) where first_name_key is not null;
create index profile_last_name on profile (workspace_id, last_name_key, id) where last_name_key is not null;
-- Replication reads changes in commit-safe order.
create index profile_change on profile (workspace_id, xid, id);
create index profile_import on profile (workspace_id, import_id)
  where import_id <> '00000000-0000-0000-0000-000000000000';

call protect_workspace_table('profile');

create function profile_changed() returns trigger language plpgsql as $$
begin
  new.version := nextval('profile_version_seq');
  new.xid := pg_current_xact_id();
  return new;
end $$;

create trigger profile_changed before update on profile
  for each row execute function profile_changed();

-- What the event store must still forget. Rows go away once they are replicated.
create table profile_removal (
  workspace_id uuid not null,
  profile_id uuid not null,
  version bigint not null default nextval('profile_version_seq'),
  xid xid8 not null default pg_current_xact_id(),
  primary key (workspace_id, xid, profile_id)
);
call protect_workspace_table('profile_removal');

create function profile_removed() returns trigger language plpgsql as $$
begin
  insert into profile_removal (workspace_id, profile_id)
  select workspace_id, id from removed
  on conflict (workspace_id, xid, profile_id) do update set version = excluded.version;
  return null;
end $$;

create trigger profile_removed after delete on profile
  referencing old table as removed
  for each statement execute function profile_removed();

-- How far the copy in the event store has come: changes up to (xid, profile_id) are there.
create table profile_replica (
  workspace_id uuid primary key,
  change_xid xid8 not null,
  change_id uuid not null,
  removal_xid xid8 not null,
  removal_id uuid not null
);
call protect_workspace_table('profile_replica');

-- What the event log says somebody bought last. The purchase brake reads this and imported_purchase.
create table last_purchase (
  workspace_id uuid not null,
  profile_id uuid not null,
  sku text not null,
  category text not null,
  at timestamptz not null,
  quantity numeric(18, 4) not null,
  primary key (workspace_id, profile_id, sku)
);
call protect_workspace_table('last_purchase');

-- The same of each import, apart, so that undoing one leaves exactly what everything else knows. One row per person,
-- position by position of the three arrays: a row per purchase costs an import twenty times as much. No index by import:
-- undoing is rare.
create table imported_purchase (
  workspace_id uuid not null,
  profile_id uuid not null,
  import_id uuid not null,
  skus text[] not null,
  categories text[] not null,
  bought_at timestamptz[] not null,
  primary key (workspace_id, profile_id, import_id)
);
call protect_workspace_table('imported_purchase');
