-- Undoing an import lets the grant beneath its own stand again, as a new entry that names the one it restores.
alter table consent_entry add column restores uuid;
