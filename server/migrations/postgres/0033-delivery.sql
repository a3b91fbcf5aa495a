-- The send ledger: one row per message to one person. A run is what the ledger must know of the campaign behind it.

create table delivery_run (
  workspace_id uuid not null,
  campaign_id uuid not null,
  status text not null check (status in ('open', 'paused', 'stopped', 'done')),
  plan jsonb not null,
  -- Why nothing leaves although it should: transport down, a rule that failed, a brake. Cleared by the next acceptance.
  trouble text,
  trouble_detail text,
  trouble_at timestamptz,
  opened_at timestamptz not null,
  primary key (workspace_id, campaign_id)
);
call protect_workspace_table('delivery_run');

-- A claim is a lease on a handful of sends; its id is the fencing token. Leases run on the database's own clock
-- (clock_timestamp()), because they are time-outs between processes and the business clock may stand still or jump.
create table send_claim (
  workspace_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  -- Instead of an index on send.claim_id, which every change of state would have to maintain.
  send_ids uuid[] not null,
  worker text not null,
  lease_until timestamptz not null,
  primary key (workspace_id, id)
);
call protect_workspace_table('send_claim');

create table send (
  workspace_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  profile_id uuid not null,
  occurrence integer not null default 0,
  variant text,
  state text not null check (state in
    ('queued', 'held', 'claimed', 'attempting', 'accepted', 'rejected', 'uncertain', 'blocked', 'cancelled')),
  reason text,
  detail text,
  -- When the row may be claimed: set while it is queued or held, null otherwise.
  due_at timestamptz check ((due_at is not null) = (state in ('queued', 'held'))),
  claim_id uuid,
  decision_id uuid,
  -- 4xx answers to this very recipient; a transport that is down does not count.
  deferrals smallint not null default 0,
  candidates jsonb not null default '[]',
  chosen jsonb,
  -- What each condition of the audience rule saw of the person at the snapshot.
  seen jsonb,
  probability double precision not null default 1,
  queued_at timestamptz not null,
  claimed_at timestamptz,
  attempting_at timestamptz,
  finished_at timestamptz,
  -- The instant that pressure counts: the claim, then the answer. Null while it does not count.
  counted_at timestamptz,
  -- The workspace is in none of the keys (a campaign is in one workspace): an index that has it invites the planner to
  -- walk through all of it whenever the statistics are older than the campaign.
  primary key (id),
  -- R-01: the send key.
  unique (campaign_id, profile_id, occurrence)
);
call protect_workspace_table('send');

-- No index names the state, so that queued → claimed is the only change that touches the first two, and
-- claimed → attempting none at all (a heap-only update).
create index send_due on send (campaign_id, due_at, id) where due_at is not null;
create index send_person on send (profile_id, counted_at);

-- The ledger's rows change state three times each: room for the new version on the same page, and an early vacuum.
alter table send set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Called in the transaction that adds an audience: with statistics from before, the planner sorts all of it per chunk.
-- Runs as the owner, because only an owner may analyze (PostgreSQL 15).
create function analyze_sends() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze send;
end $$;

-- R-11: after a restore nothing leaves until a person has looked at what the provider accepted in the meantime.
create table delivery_hold (
  workspace_id uuid not null,
  id uuid not null,
  reason text not null,
  since timestamptz not null,
  released_at timestamptz,
  released_by text,
  primary key (workspace_id, id)
);
call protect_workspace_table('delivery_hold');
create index delivery_hold_standing on delivery_hold (workspace_id) where released_at is null;
