-- Test messages of the last hour, by who asked for them: nobody floods a mailbox with them (S-05).
create table campaign_test (
  workspace_id uuid not null,
  id uuid not null,
  person_id text not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index campaign_test_of on campaign_test (workspace_id, person_id, at);
call protect_workspace_table('campaign_test');
