-- Who a workspace writes as, over which server, and with which signature.

create table sender_identity (
  workspace_id uuid not null,
  entity_id uuid not null,
  from_name text not null,
  from_address text not null,
  reply_to text,
  updated_at timestamptz not null,
  primary key (workspace_id, entity_id)
);

-- Without a row: the built-in catcher.
create table mail_transport (
  workspace_id uuid primary key,
  kind text not null check (kind in ('catcher', 'smtp')),
  -- A demo never leaves the catcher.
  pinned boolean not null default false,
  host text,
  port integer check (port between 1 and 65535),
  security text check (security in ('tls', 'starttls', 'none')),
  user_name text,
  -- AES-256-GCM under a key derived from the root secret; never leaves the server.
  password_sealed bytea,
  -- Grows with each change, so that every process notices.
  revision integer not null,
  updated_at timestamptz not null,
  check (kind = 'catcher' or (host is not null and port is not null and security is not null)),
  check (not pinned or kind = 'catcher')
);

create table dkim_key (
  workspace_id uuid not null,
  id uuid not null,
  domain text not null,
  selector text not null,
  private_key_sealed bytea not null,
  -- Base64 of the SubjectPublicKeyInfo, as it goes into the p= tag.
  public_key text not null,
  created_at timestamptz not null,
  -- Messages are signed with the key of their domain that became active last.
  activated_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, domain, selector)
);

call protect_workspace_table('sender_identity');
call protect_workspace_table('mail_transport');
call protect_workspace_table('dkim_key');
