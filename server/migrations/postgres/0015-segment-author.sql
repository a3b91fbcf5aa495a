-- Who drew the rule as it stands, by the id of the person: they do not approve their own audience (S-06). Null before it
-- was kept.
alter table segment add column rule_by text;
