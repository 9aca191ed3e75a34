-- Propositions that can be checked, whom they are about, and their subject headings.

create domain state as text check (value in ('draft', 'in_review', 'published', 'withdrawn'));

create table versions.topics (
  id uuid not null,
  slug slug not null,
  name text not null check (char_length(name) between 1 and 200)
);
select versions.track('topics');
create unique index topics_slug on topics (slug);
create unique index topics_name on topics (comparable(name));

create table versions.claims (
  id uuid not null,
  canonical_id uuid not null,
  slug slug not null,
  text text not null check (char_length(text) between 1 and 5000),
  language language_tag not null,
  kind text not null check (kind in ('fact', 'promise', 'prediction', 'opinion')),
  due_on text,
  due_from timestamp,
  due_until timestamp,
  due_text text,
  state state not null,
  withdrawn_because text check (char_length(withdrawn_because) <= 2000),
  created_by uuid,
  version integer not null default 1,
  purged_because text,
  constraint due_on_is_for_promises_and_predictions check (due_on is null or kind in ('promise', 'prediction')),
  check ((due_on is null) = (due_from is null)),
  check (withdrawn_because is null or state = 'withdrawn')
);
select versions.track('claims');
alter table claims
  add foreign key (canonical_id) references claims deferrable initially deferred,
  add foreign key (created_by) references users;
create unique index claims_slug on claims (slug);
select versions.index('claims', 'claims_canonical', '(canonical_id)');
select versions.index('claims', 'claims_state', '(state, id)');

create table versions.claim_people (
  claim_id uuid not null,
  person_id uuid not null,
  "as" text not null check ("as" in ('about', 'addressee'))
);
select versions.track('claim_people', 'claim_id, person_id, "as"');
alter table claim_people
  add foreign key (claim_id) references claims deferrable initially deferred,
  add foreign key (person_id) references people deferrable initially deferred;
select versions.index('claim_people', 'claim_people_person', '(person_id)');

create table versions.claim_topics (
  claim_id uuid not null,
  topic_id uuid not null
);
select versions.track('claim_topics', 'claim_id, topic_id');
alter table claim_topics
  add foreign key (claim_id) references claims deferrable initially deferred,
  add foreign key (topic_id) references topics deferrable initially deferred;
select versions.index('claim_topics', 'claim_topics_topic', '(topic_id)');
