-- The subject as its reader got it: it is made after the decision, and a decision is never changed.
create table decision_subject (
  workspace_id uuid not null,
  decision_id uuid primary key,
  subject text not null
);
call append_only_workspace_table('decision_subject');
