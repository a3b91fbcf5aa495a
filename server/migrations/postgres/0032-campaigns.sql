-- Campaigns: what is to be said to whom, who wrote it, who said yes to exactly that.

create table campaign (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  state text not null check (state in
    ('draft', 'in_review', 'approved', 'scheduled', 'sending', 'paused', 'finished', 'stopped')),
  -- One more at every change of the definition; an approval of version n says nothing about n + 1.
  version integer not null,
  segment_id uuid,
  topic text,
  entity_id uuid,
  holdout_share double precision not null check (holdout_share >= 0 and holdout_share < 1),
  product_count integer not null check (product_count between 0 and 12),
  on_pressure text not null check (on_pressure in ('block', 'hold')),
  start_at timestamptz,
  author_id text not null,
  author_name text not null,
  editor_id text not null,
  editor_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- Frozen at start: everybody the audience gave, before anybody was left out.
  audience integer,
  global_holdout integer,
  campaign_holdout integer,
  -- Why a due campaign did not start.
  trouble text,
  trouble_detail text,
  primary key (workspace_id, id)
);
call protect_workspace_table('campaign');
create index campaign_live on campaign (workspace_id, state) where state in ('scheduled', 'sending', 'paused');

create table campaign_variant (
  workspace_id uuid not null,
  campaign_id uuid not null,
  key text not null,
  position integer not null,
  message_id uuid not null,
  weight double precision not null check (weight > 0),
  primary key (workspace_id, campaign_id, key),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade
);
call protect_workspace_table('campaign_variant');

-- What people said about a version. Append-only: a withdrawn approval is a newer version, never an edit.
create table campaign_review (
  workspace_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  version integer not null,
  verdict text not null check (verdict in ('submitted', 'changes_requested', 'approved', 'voided')),
  -- What was looked at: hash over content of every variant, audience definition, schedule, holdout, weights.
  fingerprint text not null,
  parts jsonb not null,
  comment text,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
call append_only_workspace_table('campaign_review');
create index campaign_review_of on campaign_review (workspace_id, campaign_id, at, id);
