-- People of whom several imports tell and nothing else does: they leave with the last of those imports.
create table data_import_shared (
  workspace_id uuid not null,
  profile_id uuid not null,
  -- Digest of the profile as the last import left it: whatever changed it since knows the person too.
  fingerprint text not null,
  primary key (workspace_id, profile_id)
);
call protect_workspace_table('data_import_shared');

-- Of a running import: the person was there before, and only imports had told of them.
alter table data_import_person add column only_imported boolean not null default false;
