-- know/imports: files of orders on their way in, and what each of them brought.

create table data_import (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('orders')),
  state text not null check (state in (
    'receiving', 'described', 'checking', 'running', 'committed', 'undoing', 'undone', 'cancelled', 'failed')),
  -- Counts every try; only the latest may write here. Each writes under a batch id of its own, so that what a killed
  -- try left behind is never shown.
  attempt integer not null default 0,
  -- Tries since it was last started by somebody.
  tries integer not null default 0,
  batch_id uuid,
  guess jsonb,
  -- What a person corrected; the mapping is the guess with it on top.
  correction jsonb not null default '{}',
  mapping jsonb,
  report jsonb,
  report_is_dry_run boolean not null default false,
  phase text not null default 'waiting' check (phase in ('waiting', 'reading', 'saving', 'done')),
  bytes_done bigint not null default 0,
  lines bigint not null default 0,
  cancel_requested boolean not null default false,
  failure text,
  created_by jsonb not null,
  -- Who started it, dry run, import or undo: the audit names this person.
  started_by jsonb,
  created_at timestamptz not null,
  committed_at timestamptz,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
-- One import of a workspace at a time: two would not see each other's people and orders.
create unique index data_import_one_at_a_time on data_import (workspace_id) where state in ('running', 'undoing');
call protect_workspace_table('data_import');

create table data_import_file (
  workspace_id uuid not null,
  import_id uuid not null,
  -- What the file is called on this server.
  stored_as uuid not null,
  name text not null,
  bytes bigint not null,
  sha256 text not null,
  gzip boolean not null,
  encoding text not null,
  delimiter text not null,
  header jsonb not null,
  -- First and last records, for guessing; emptied when the import is over.
  sample jsonb not null,
  primary key (workspace_id, import_id, stored_as),
  unique (workspace_id, import_id, name),
  foreign key (workspace_id, import_id) references data_import (workspace_id, id) on delete cascade
);
create index data_import_file_sha256 on data_import_file (workspace_id, sha256);
call protect_workspace_table('data_import_file');

-- People of a running import beyond what memory holds; emptied by its last transaction.
create table data_import_person (
  workspace_id uuid not null,
  batch_id uuid not null,
  profile_id uuid not null,
  is_new boolean not null,
  external_id text not null,
  email text not null,
  seen_at timestamptz not null,
  fields jsonb not null,
  consents jsonb not null,
  primary key (workspace_id, batch_id, profile_id)
);
call protect_workspace_table('data_import_person');

-- Identifiers by which the file names those people, also the ones that their profiles do not keep.
create table data_import_alias (
  workspace_id uuid not null,
  batch_id uuid not null,
  alias text not null,
  profile_id uuid not null,
  primary key (workspace_id, batch_id, alias)
);
call protect_workspace_table('data_import_alias');
