-- Who is to work on what. It stands beside the records, as it is no change of theirs: readers see when a record was changed.

create table versions.assignments (
  record_id uuid not null, -- a claim, statement, verdict or attribution
  user_id uuid not null
);
select versions.track('assignments', 'record_id');
alter table assignments add foreign key (user_id) references users;
select versions.index('assignments', 'assignments_user', '(user_id)');

-- Each queue is counted on every page of the desk, so each is read from an index of its own, and only up to a hundred.
drop index claims_waiting, statements_waiting, verdicts_waiting, attributions_waiting;
create index claims_in_review on claims (id) where state = 'in_review';
create index statements_in_review on statements (id) where state = 'in_review';
create index verdicts_in_review on verdicts (id) where state = 'in_review';
create index attributions_in_review on attributions (id) where state = 'in_review';
create index claims_waiting_of on claims (created_by) where state in ('draft', 'in_review');
create index statements_waiting_of on statements (created_by) where state in ('draft', 'in_review');
create index verdicts_waiting_of on verdicts (created_by) where state in ('draft', 'in_review');
create index attributions_waiting_of on attributions (created_by) where state in ('draft', 'in_review');
