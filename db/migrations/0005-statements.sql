-- Utterances, and the stances that they take on claims.

create domain stance as text check (value in (
  'asserts', 'confirms', 'partly_confirms', 'denies', 'partly_denies', 'contradicts', 'retracts',
  'neither_confirms_nor_denies', 'declines_to_comment', 'no_response', 'claims_no_knowledge', 'deflects',
  'disputes_premise', 'clarifies', 'corrects'));

-- said_order is where the date sorts: its lower bound or, where that is open, the lower bound of its end.
create table versions.statements (
  id uuid not null,
  person_id uuid not null,
  on_behalf_of_id uuid,
  role_id uuid,
  quote_kind text not null check (quote_kind in ('verbatim', 'translated', 'paraphrase', 'reported', 'silence')),
  quote text check (char_length(quote) between 1 and 20000),
  language language_tag,
  original_language language_tag,
  original text check (char_length(original) between 1 and 20000),
  said_on text not null,
  said_from timestamp not null,
  said_until timestamp not null,
  said_order timestamp not null,
  said_text text not null,
  sequence integer not null default 0,
  venue text check (char_length(venue) between 1 and 500),
  asked_on text,
  asked_from timestamp,
  asked_until timestamp,
  asked_text text,
  asked_by_id uuid,
  deadline_on text,
  deadline_from timestamp,
  deadline_until timestamp,
  deadline_text text,
  state state not null,
  withdrawn_because text check (char_length(withdrawn_because) <= 2000),
  created_by uuid,
  version integer not null default 1,
  purged_because text,
  constraint silence_has_no_quote check (purged_because is not null or (quote_kind = 'silence') = (quote is null)),
  constraint silence_was_asked check ((quote_kind = 'silence') = (asked_on is not null)),
  check (quote is null or language is not null),
  check (said_from < said_until),
  check ((asked_on is null) = (asked_from is null)),
  check ((deadline_on is null) = (deadline_from is null)),
  check (withdrawn_because is null or state = 'withdrawn')
);
select versions.track('statements');
alter table statements
  add foreign key (person_id) references people deferrable initially deferred,
  add foreign key (on_behalf_of_id) references people deferrable initially deferred,
  add foreign key (asked_by_id) references people deferrable initially deferred,
  add foreign key (role_id) references roles deferrable initially deferred,
  add foreign key (created_by) references users;
select versions.index('statements', 'statements_person_time', '(person_id, said_order, said_until, sequence, id)');
select versions.index('statements', 'statements_on_behalf_of_time', '(on_behalf_of_id, said_order, said_until, sequence, id) where on_behalf_of_id is not null');
select versions.index('statements', 'statements_time', '(said_order, said_until, sequence, id)');
select versions.index('statements', 'statements_asked_by', '(asked_by_id) where asked_by_id is not null');

create table versions.positions (
  id uuid not null,
  statement_id uuid not null,
  claim_id uuid not null,
  stance stance not null,
  replies_to_id uuid,
  repeat_of_earlier boolean not null default false,
  constraint no_reply_to_itself check (replies_to_id <> statement_id)
);
select versions.track('positions');
alter table positions add constraint one_position_per_claim unique (statement_id, claim_id);
alter table positions
  add foreign key (statement_id) references statements deferrable initially deferred,
  add foreign key (claim_id) references claims deferrable initially deferred,
  -- A reply is to a statement on the same claim.
  add constraint reply_is_on_the_same_claim foreign key (replies_to_id, claim_id)
    references positions (statement_id, claim_id) deferrable initially deferred;
select versions.index('positions', 'positions_statement', '(statement_id)');
select versions.index('positions', 'positions_claim', '(claim_id)');
select versions.index('positions', 'positions_replies_to', '(replies_to_id) where replies_to_id is not null');
