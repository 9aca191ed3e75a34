-- What waits at the desk is a small part of a large record.

create index claims_waiting on claims (id) where state in ('draft', 'in_review');
create index statements_waiting on statements (id) where state in ('draft', 'in_review');
create index verdicts_waiting on verdicts (id) where state in ('draft', 'in_review');
create index attributions_waiting on attributions (id) where state in ('draft', 'in_review');
create index claims_due on claims (due_from) where due_on is not null and state = 'published';
create index verdicts_disputed on verdicts (claim_id) where state = 'published' and status = 'disputed';
