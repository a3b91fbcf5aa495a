-- Messages and their versions. A version never changes: an approval is bound to its hash.

create table message (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  latest_version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

create index message_updated on message (workspace_id, updated_at desc, id desc);

create table message_version (
  workspace_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  version integer not null,
  content_hash text not null,
  subject text not null,
  mjml text not null,
  text_part text,
  language text not null check (language in ('en', 'fr')),
  -- What is sent, made once when the version was saved; null when it could not be made.
  compiled jsonb,
  created_at timestamptz not null,
  created_by text not null,
  primary key (workspace_id, id),
  unique (workspace_id, message_id, version),
  foreign key (workspace_id, message_id) references message (workspace_id, id)
);

call protect_workspace_table('message');
call append_only_workspace_table('message_version');
