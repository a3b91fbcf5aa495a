-- The reason of a failure and where it was, for words in the reader's own language.
alter table data_import add column failure_why jsonb;
