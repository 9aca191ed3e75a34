-- Four eyes: what one person wrote or changed, another must publish. The rule stands here, so that no way in gets past it.

create table versions.settings (
  singleton boolean not null default true check (singleton),
  four_eyes text not null default 'automatic' constraint settings_four_eyes_check check (four_eyes in ('automatic', 'always', 'never')),
  version integer not null default 1
);
select versions.track('settings', 'singleton');

select versions.index('users', 'users_person', '(id) where kind = ''person''');

-- A token acts as a service user; what it writes counts as written by its owner too.
alter table tokens add column owner_id uuid references users;
create index tokens_owner on tokens (owner_id) where owner_id is not null;

alter table versions.claims add column approved_by uuid;
alter table versions.statements add column approved_by uuid;
alter table versions.verdicts add column approved_by uuid;
alter table versions.attributions add column approved_by uuid;
select versions.show(tracked) from unnest(array['claims', 'statements', 'verdicts', 'attributions']) as tracked;

-- Unless it is set otherwise, four eyes hold as soon as two people are editors.
create function four_eyes_hold() returns boolean language sql stable as $$
  select case coalesce((select settings.four_eyes from public.settings), 'automatic')
    when 'always' then true
    when 'never' then false
    else (select count(*) >= 2 from public.users
           where users.kind = 'person' and not users.disabled and 'editor' = any(users.roles::text[]))
  end
$$;

-- The state of a new record whose writer may publish and did not say.
create function state_unasked() returns state language sql stable as $$
  select case when four_eyes_hold() then 'in_review' else 'published' end::state
$$;

-- Who wrote or changed a record, or what belongs to it, since it was last public: people and service users. Moving it to
-- another state, approving and merging are no writing.
create function written_by(tracked text, record uuid) returns setof uuid language plpgsql stable as $$
declare
  beside text[] := array['state', 'version', 'withdrawn_because', 'approved_by', 'canonical_id', 'change_id', 'sys_from', 'sys_until'];
  owner text := rtrim(tracked, 's') || '_id';
  members text[] := case tracked
    when 'claims' then array['claim_people', 'claim_topics', 'citations']
    when 'statements' then array['positions', 'citations', 'derivations']
    else array['citations'] end;
  member text;
  touching text := '';
  since timestamptz;
begin
  execute format('select coalesce(max(sys_until), ''-infinity'') from history.%I where id = $1 and state = ''published''', tracked)
    into since using record;
  foreach member in array members loop
    touching := touching || format(
      ' union all select change_id from versions.%1$I where %2$I = $1 and sys_from >= $2
        union all select changes.id from versions.%1$I join public.changes on changes.at = sys_until where %2$I = $1 and sys_until >= $2', member, owner);
  end loop;
  return query execute format(
    'with version as (
       select change_id, sys_from, to_jsonb(v) - $3 as content, lag(to_jsonb(v) - $3) over (order by sys_from) as before
         from versions.%I as v where id = $1),
     touching (change_id) as (
       select change_id from version where sys_from >= $2 and content is distinct from before %s)
     select distinct writer
       from touching
       join public.changes on changes.id = touching.change_id
       left join public.tokens on tokens.id = changes.token_id
       cross join unnest(array[changes.actor_id, tokens.owner_id]) as writer
      where writer is not null', tracked, touching) using record, since, beside;
end $$;

-- An approval is of the words that were approved: writing voids it, moving to another state does not.
create function approval_is_of_these_words() returns trigger language plpgsql as $$
declare
  beside text[] := array['state', 'version', 'withdrawn_because', 'canonical_id', 'change_id', 'sys_from', 'sys_until'];
begin
  if new.approved_by is not distinct from old.approved_by
     and ((new.version <> old.version and new.state = old.state) or to_jsonb(new) - beside is distinct from to_jsonb(old) - beside) then
    new.approved_by := null;
  end if;
  return new;
end $$;

-- Checked at the end of the change, when all that it writes is there.
create function four_eyes() returns trigger language plpgsql as $$
declare
  beside text[] := array['approved_by', 'canonical_id', 'change_id', 'sys_from', 'sys_until'];
  publisher uuid;
begin
  if not four_eyes_hold() or versions.erasing() then
    return null;
  end if;
  if tg_op = 'UPDATE' and old.state = 'published' then
    if to_jsonb(new) - beside is distinct from to_jsonb(old) - beside then
      raise exception 'Where four eyes hold, one alone does not change what is public'
        using errcode = '23514', constraint = 'four_eyes_on_what_is_public';
    end if;
    return null;
  end if;
  select users.id into publisher
    from public.changes join public.users on users.id = changes.actor_id and users.kind = 'person'
   where changes.id = new.change_id and changes.token_id is null;
  if publisher is null then
    raise exception 'Where four eyes hold, a person publishes'
      using errcode = '23514', constraint = 'four_eyes_are_of_people';
  end if;
  if publisher in (select written_by(tg_table_name, new.id)) then
    raise exception 'Where four eyes hold, nobody publishes what they wrote'
      using errcode = '23514', constraint = 'four_eyes';
  end if;
  return null;
end $$;

do $$
declare
  stateful text;
begin
  foreach stateful in array array['claims', 'statements', 'verdicts', 'attributions'] loop
    execute format('alter table %I add foreign key (approved_by) references users', stateful);
    execute format('create trigger approval before update on %I for each row when (old.approved_by is not null)
      execute function approval_is_of_these_words()', stateful);
    execute format('create constraint trigger four_eyes after insert or update on %I deferrable initially deferred
      for each row when (new.state = ''published'') execute function four_eyes()', stateful);
  end loop;
end $$;
