-- What was found: verdicts on claims, attributions of statements. Both append-only once published.

create domain verdict_status as text check (value in (
  'unverified', 'disputed', 'unverifiable', 'not_checkable', 'unsupported',
  'true', 'mostly_true', 'mixed', 'misleading', 'mostly_false', 'false',
  'not_started', 'in_progress', 'kept', 'kept_late', 'partly_kept', 'stalled', 'broken'));

create table versions.verdicts (
  id uuid not null,
  claim_id uuid not null,
  publisher_id uuid not null,
  ours boolean not null,
  status verdict_status not null,
  summary text check (char_length(summary) between 1 and 2000),
  explanation text check (char_length(explanation) between 1 and 50000),
  native_label text check (char_length(native_label) between 1 and 500),
  mapping_version text,
  url text check (char_length(url) <= 4096),
  decided_on text not null,
  decided_from timestamp not null,
  decided_until timestamp not null,
  decided_text text not null,
  state state not null,
  withdrawn_because text check (char_length(withdrawn_because) <= 2000),
  created_by uuid,
  version integer not null default 1,
  purged_because text,
  constraint our_verdict_has_a_summary check (not ours or summary is not null or purged_because is not null),
  check (withdrawn_because is null or state = 'withdrawn')
);
select versions.track('verdicts');
alter table verdicts
  add foreign key (claim_id) references claims deferrable initially deferred,
  add foreign key (publisher_id) references people deferrable initially deferred,
  add foreign key (created_by) references users;
select versions.index('verdicts', 'verdicts_claim', '(claim_id, ours, decided_from, id)');
select versions.index('verdicts', 'verdicts_publisher', '(publisher_id)');

create table versions.attributions (
  id uuid not null,
  statement_id uuid not null,
  publisher_id uuid not null,
  ours boolean not null,
  status text not null check (status in ('confirmed', 'reported', 'disputed', 'misattributed', 'fabricated')),
  summary text check (char_length(summary) between 1 and 2000),
  decided_on text not null,
  decided_from timestamp not null,
  decided_until timestamp not null,
  decided_text text not null,
  state state not null,
  withdrawn_because text check (char_length(withdrawn_because) <= 2000),
  created_by uuid,
  version integer not null default 1,
  purged_because text,
  check (withdrawn_because is null or state = 'withdrawn')
);
select versions.track('attributions');
alter table attributions
  add foreign key (statement_id) references statements deferrable initially deferred,
  add foreign key (publisher_id) references people deferrable initially deferred,
  add foreign key (created_by) references users;
select versions.index('attributions', 'attributions_statement', '(statement_id, decided_from, id)');
select versions.index('attributions', 'attributions_publisher', '(publisher_id)');

-- A finding that was public is never reworded: a new one supersedes it. Only its state moves, and erasure blanks it.
create function finding_is_append_only() returns trigger language plpgsql as $$
declare
  movable text[] := array['state', 'version', 'withdrawn_because', 'change_id', 'sys_from', 'sys_until'];
begin
  if old.state in ('published', 'withdrawn') and new.purged_because is null
     and to_jsonb(new) - movable is distinct from to_jsonb(old) - movable then
    raise exception 'A published finding is not reworded; publish a new one'
      using errcode = '23514', constraint = 'finding_is_append_only';
  end if;
  return new;
end $$;
create trigger append_only before update on verdicts for each row execute function finding_is_append_only();
create trigger append_only before update on attributions for each row execute function finding_is_append_only();
create trigger never_deleted before delete on verdicts for each row execute function versions.refuse();
create trigger never_deleted before delete on attributions for each row execute function versions.refuse();
