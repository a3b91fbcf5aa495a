-- Legal senders, topics, the consent ledger with its wordings, suppressions and pauses.

create table legal_entity (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  address text not null,
  contact_email text not null,
  privacy_url text,
  is_default boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index legal_entity_default on legal_entity (workspace_id) where is_default;
create index legal_entity_workspace on legal_entity (workspace_id, created_at);
call protect_workspace_table('legal_entity');

create table consent_topic (
  workspace_id uuid not null,
  key text not null,
  name_en text not null,
  name_fr text not null,
  position int not null,
  primary key (workspace_id, key)
);
call protect_workspace_table('consent_topic');

-- The words a person saw, by the SHA-256 of their UTF-8 bytes: editing a form never changes what was proven (L-01).
create table consent_wording (
  workspace_id uuid not null,
  hash text not null,
  body bytea not null,
  first_seen_at timestamptz not null,
  primary key (workspace_id, hash)
);
call append_only_workspace_table('consent_wording');

create table consent_entry (
  workspace_id uuid not null,
  id uuid primary key,
  sequence bigint generated always as identity,
  profile_id uuid not null,
  entity_id uuid not null,
  channel text not null,
  purpose text not null,
  state text not null check (state in ('granted', 'withdrawn')),
  -- When the person did it, as the proof says.
  at timestamptz not null,
  -- Where the entry stands in the order of the ledger: never later than its recording, and an act done now comes after
  -- everything recorded before it, so that clocks that disagree cannot hide a withdrawal.
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  method text not null,
  source text not null,
  wording_hash text,
  language text,
  url text,
  actor_kind text,
  actor_id text,
  actor_name text,
  import_id uuid,
  simulated boolean not null default false
);
-- One probe per (profile, purpose) gives the entry that counts. No other index may begin with the workspace and a column
-- of that probe: before the first ANALYZE the planner would take the narrower one, and 5,000 people took minutes.
create index consent_entry_latest on consent_entry
  (workspace_id, profile_id, entity_id, channel, purpose, effective_at desc, sequence desc) include (state, id);
create index consent_entry_import on consent_entry (workspace_id, import_id) where import_id is not null;
call append_only_workspace_table('consent_entry');

-- Keyed hashes only: the list outlives the profile without keeping the address (L-14).
create table suppression (
  workspace_id uuid not null,
  channel text not null,
  hash text not null,
  reason text not null check (reason in ('bounce', 'complaint', 'unsubscribed_all', 'manual')),
  at timestamptz not null,
  primary key (workspace_id, channel, hash, reason)
);
create index suppression_newest on suppression (workspace_id, at desc, hash desc, reason desc);
call protect_workspace_table('suppression');

create table pause (
  workspace_id uuid not null,
  profile_id uuid not null,
  until timestamptz not null,
  primary key (workspace_id, profile_id)
);
call protect_workspace_table('pause');
