-- know/collect: the log that makes an event durable before anybody is told so, and the way from there to the event store.

create sequence event_log_seq;
call grant_sequence('event_log_seq');

create table event_log (
  workspace_id uuid not null,
  -- Sequence numbers commit out of order; (xid, seq) below the oldest running transaction is final.
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('event_log_seq'),
  event_id uuid not null,
  source text not null,
  message_id text not null,
  name text not null,
  at timestamptz not null,
  profile_id uuid,
  received_at timestamptz not null,
  -- { text?, numbers?, order? }
  body jsonb not null,
  primary key (workspace_id, xid, seq),
  unique (workspace_id, source, message_id)
);
create index event_log_received on event_log (workspace_id, received_at);
call protect_workspace_table('event_log');

-- Everything up to (xid, seq) is in the event store. The pending bound is written before the insert, so that a retry
-- after a crash sends exactly the same rows under the same token.
create table ship_cursor (
  workspace_id uuid primary key,
  xid xid8 not null,
  seq bigint not null,
  pending_xid xid8,
  pending_seq bigint,
  check ((pending_xid is null) = (pending_seq is null))
);
call protect_workspace_table('ship_cursor');

-- One row per import that writes straight to the event store. Its rows there are visible while this says committed.
create table bulk_batch (
  workspace_id uuid not null,
  import_id uuid not null,
  state text not null check (state in ('open', 'committed', 'hidden', 'purged')),
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (workspace_id, import_id)
);
create index bulk_batch_visible on bulk_batch (workspace_id, import_id) where state = 'committed';
call protect_workspace_table('bulk_batch');
