-- know/profiles: search as you type. One text per person to search and to sort by replaces a key per name: "first last"
-- and "last first" begin with either name, so that two ranges find what four did, and a whole name too.
alter table profile
  add column name_key text collate "C",
  add column list_key text collate "C" not null default '',
  -- Generated, not computed in the search: under row-level security a function that is not leakproof keeps an index out.
  add column external_key text collate "C" generated always as (lower(external_id)) stored,
  add column domain_key text collate "C" generated always as (nullif(split_part(email_key, '@', 2), '')) stored;

-- Keys are no change of what is known: no new version, nothing to copy. A migration sees every workspace.
alter table profile disable trigger profile_changed;
alter table profile no force row level security;
update profile set
  name_key = left(translate(replace(nullif(first_name_key, '') || ' ' || nullif(last_name_key, ''), '-', ' '), '''’', ''), 200),
  list_key = left(coalesce(nullif(trim(translate(replace(concat_ws(' ', last_name_key, first_name_key), '-', ' '), '''’', '')), ''),
    email_key, external_id, ''), 200)
where first_name_key is not null or last_name_key is not null or email_key is not null or external_id is not null;
alter table profile force row level security;
alter table profile enable trigger profile_changed;

alter table profile drop column first_name_key, drop column last_name_key;

create index profile_list on profile (workspace_id, list_key, id);
create index profile_name on profile (workspace_id, name_key, id) where name_key is not null;
create index profile_external_key on profile (workspace_id, external_key, id) where external_key is not null;
create index profile_domain on profile (workspace_id, domain_key, id) where domain_key is not null;
create index profile_created on profile (workspace_id, created_at, id);
