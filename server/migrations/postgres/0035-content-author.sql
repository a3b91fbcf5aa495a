-- Who wrote a version, by the id of the person: they do not approve their own words (S-06). Null before it was kept.
alter table message_version add column created_by_id text;
