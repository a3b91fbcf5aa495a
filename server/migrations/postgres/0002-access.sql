-- Who may come in. Outside row-level security, because a caller is known before the workspace is: every statement here
-- names the workspace itself. Secrets are stored as SHA-256 of 256 random bits, passwords as argon2id.

create table account (
  id uuid primary key,
  email text not null,
  -- Lower case, NFC: two spellings of one address are one account.
  email_key text not null unique,
  name text not null,
  password_hash text not null,
  password_changed_at timestamptz not null,
  created_at timestamptz not null
);
call system_table('account');

create table membership (
  workspace_id uuid not null references workspace (id),
  account_id uuid not null references account (id),
  roles text[] not null check (roles <@ array['marketer', 'approver', 'admin'] and cardinality(roles) > 0),
  disabled_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, account_id)
);
create index membership_account on membership (account_id);
call system_table('membership');

create table session (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references account (id),
  workspace_id uuid not null references workspace (id),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- However busy, a session ends here.
  ends_at timestamptz not null
);
create index session_account on session (account_id);
create index session_ends on session (ends_at);
call system_table('session');

create table invitation (
  id uuid primary key,
  workspace_id uuid not null references workspace (id),
  email text not null,
  email_key text not null,
  roles text[] not null check (roles <@ array['marketer', 'approver', 'admin'] and cardinality(roles) > 0),
  token_hash bytea not null unique check (length(token_hash) = 32),
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitation_workspace on invitation (workspace_id);
call system_table('invitation');

-- Programs never approve: approving is a person's act.
create table api_token (
  id uuid primary key,
  workspace_id uuid not null references workspace (id),
  name text not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  roles text[] not null check (roles <@ array['marketer', 'admin'] and cardinality(roles) > 0),
  created_by uuid not null references account (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_workspace on api_token (workspace_id);
call system_table('api_token');

create table setup_token (
  token_hash bytea primary key check (length(token_hash) = 32),
  created_at timestamptz not null,
  used_at timestamptz
);
call system_table('setup_token');

-- Failed sign-ins of the last minutes, by keyed subject (address or network address), so that guessing slows down.
create table sign_in_failure (
  subject bytea not null,
  at timestamptz not null
);
create index sign_in_failure_subject on sign_in_failure (subject, at);
create index sign_in_failure_at on sign_in_failure (at);
call system_table('sign_in_failure');
