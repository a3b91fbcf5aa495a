-- platform/backup: after a restore nothing is sent in a workspace until a person says so. The backup does not know what
-- was accepted after it was made, and those people must not get it twice.
create table restore_hold (
  workspace_id uuid primary key,
  backup_at timestamptz not null,
  restored_at timestamptz not null,
  released_at timestamptz,
  released_by text,
  check ((released_at is null) = (released_by is null))
);
call protect_workspace_table('restore_hold');
