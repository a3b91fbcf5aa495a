-- guard/access: the logo on customers' pages. A row stays after another logo took its place, because messages that were
-- sent point to it.
create table brand_logo (
  workspace_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null,
  height integer not null,
  content bytea not null,
  shown boolean not null,
  primary key (workspace_id, sha256)
);
call protect_workspace_table('brand_logo');
create unique index brand_logo_shown on brand_logo (workspace_id) where shown;
