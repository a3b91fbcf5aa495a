-- know/segments: how many people each rule gave, once a day and at each change.
create table segment_size (
  workspace_id uuid not null,
  segment_id uuid not null,
  -- In the time zone of the workspace, by the business clock.
  day date not null,
  rule_hash text not null,
  at timestamptz not null,
  count bigint not null,
  total bigint not null,
  primary key (workspace_id, segment_id, day, rule_hash)
);
call protect_workspace_table('segment_size');
