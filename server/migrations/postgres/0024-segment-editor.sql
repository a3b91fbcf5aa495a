-- Who saved the segment last: whoever is refused for a newer version is told the name. Null before it was kept.
alter table segment add column updated_by jsonb;
