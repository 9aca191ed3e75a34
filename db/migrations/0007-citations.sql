-- What ties statements and findings to sources, and which source had a statement from which.

create table versions.citations (
  id uuid not null,
  source_id uuid not null,
  statement_id uuid,
  claim_id uuid,
  verdict_id uuid,
  attribution_id uuid,
  role text not null check (role in ('primary', 'reports', 'supports', 'refutes', 'context')),
  exact text check (char_length(exact) between 1 and 5000),
  prefix text check (char_length(prefix) between 1 and 500),
  suffix text check (char_length(suffix) between 1 and 500),
  starts_at numeric(12, 3) check (starts_at >= 0),
  ends_at numeric(12, 3),
  constraint cited_by_one_record check (num_nonnulls(statement_id, claim_id, verdict_id, attribution_id) = 1),
  constraint excerpt_is_words_or_time check (exact is null or starts_at is null),
  check (num_nonnulls(prefix, suffix) = 0 or exact is not null),
  check (ends_at is null or ends_at > starts_at)
);
select versions.track('citations');
alter table citations
  add foreign key (source_id) references sources deferrable initially deferred,
  add foreign key (statement_id) references statements deferrable initially deferred,
  add foreign key (claim_id) references claims deferrable initially deferred,
  add foreign key (verdict_id) references verdicts deferrable initially deferred,
  add foreign key (attribution_id) references attributions deferrable initially deferred;
select versions.index('citations', 'citations_source', '(source_id)');
select versions.index('citations', 'citations_statement', '(statement_id) where statement_id is not null');
select versions.index('citations', 'citations_claim', '(claim_id) where claim_id is not null');
select versions.index('citations', 'citations_verdict', '(verdict_id) where verdict_id is not null');
select versions.index('citations', 'citations_attribution', '(attribution_id) where attribution_id is not null');

-- Without from_source_id the source had it first hand.
create table versions.derivations (
  id uuid not null,
  statement_id uuid not null,
  source_id uuid not null,
  from_source_id uuid,
  relation text not null check (relation in ('first_hand', 'quotes', 'translates', 'syndicates', 'summarizes')),
  constraint first_hand_is_from_no_source check ((relation = 'first_hand') = (from_source_id is null)),
  constraint no_derivation_from_itself check (from_source_id <> source_id)
);
select versions.track('derivations');
create unique index one_derivation_per_pair on derivations (statement_id, source_id, from_source_id) nulls not distinct;
alter table derivations
  add foreign key (statement_id) references statements deferrable initially deferred,
  add foreign key (source_id) references sources deferrable initially deferred,
  add foreign key (from_source_id) references sources deferrable initially deferred;
select versions.index('derivations', 'derivations_statement', '(statement_id)');
select versions.index('derivations', 'derivations_source', '(source_id)');
select versions.index('derivations', 'derivations_from_source', '(from_source_id) where from_source_id is not null');

create function derivations_have_no_cycle() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive upstream (source_id) as (
      select new.from_source_id
      union
      select derivations.from_source_id
        from public.derivations join upstream using (source_id)
       where derivations.statement_id = new.statement_id
    )
    select from upstream where source_id = new.source_id
  ) then
    raise exception 'A source cannot, by any path, have a statement from itself'
      using errcode = '23514', constraint = 'derivations_have_no_cycle';
  end if;
  return null;
end $$;
create constraint trigger no_cycle after insert or update on derivations
  deferrable initially deferred for each row when (new.from_source_id is not null)
  execute function derivations_have_no_cycle();

-- Our own published verdict rests on evidence. Checked at the end, as the citations come after the verdict.
create function our_verdict_has_evidence() returns trigger language plpgsql as $$
declare
  checked uuid;
begin
  if tg_table_name = 'verdicts' then
    checked := new.id;
  else
    checked := old.verdict_id;
  end if;
  if exists (
    select from public.verdicts
     where verdicts.id = checked and verdicts.ours and verdicts.state = 'published'
       and not exists (select from public.citations where citations.verdict_id = verdicts.id)
  ) then
    raise exception 'A verdict of ours needs at least one piece of evidence'
      using errcode = '23514', constraint = 'our_verdict_has_evidence';
  end if;
  return null;
end $$;
create constraint trigger has_evidence after insert or update on verdicts
  deferrable initially deferred for each row execute function our_verdict_has_evidence();
create constraint trigger keeps_evidence after delete or update on citations
  deferrable initially deferred for each row execute function our_verdict_has_evidence();
