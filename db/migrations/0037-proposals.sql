-- A proposed edit: what somebody would have a record say, until another accepts it. A record has one at most; that it was
-- accepted is known by its end, in the change that also edits the record.

create table versions.proposals (
  id uuid not null,
  noun text not null check (noun in ('claim', 'statement')),
  record_id uuid not null,
  -- Of the record.
  record_version integer not null,
  -- The form that edits the record, as it was sent: fields in their order, each a name and a value.
  fields jsonb not null,
  created_by uuid not null,
  version integer not null default 1
);
select versions.track('proposals');
create unique index proposals_of_record on proposals (record_id);
create index proposals_created_by on proposals (created_by);
create index proposals_ended on history.proposals (record_id, sys_until);
alter table proposals add foreign key (created_by) references users;

-- Who made or changed a proposal: people and service users.
create function proposed_by(proposal uuid) returns setof uuid language sql stable as $$
  select distinct writer
    from versions.proposals
    join public.changes on changes.id = proposals.change_id
    left join public.tokens on tokens.id = changes.token_id
    cross join unnest(array[changes.actor_id, tokens.owner_id]) as writer
   where proposals.id = proposal and writer is not null
$$;

-- As before, but what is public may be changed by accepting what somebody else proposed.
create or replace function four_eyes() returns trigger language plpgsql as $$
declare
  beside text[] := array['approved_by', 'canonical_id', 'change_id', 'sys_from', 'sys_until'];
  is_edit boolean := tg_op = 'UPDATE' and old.state = 'published';
  accepted uuid;
  person uuid;
begin
  if not four_eyes_hold() or versions.erasing() then
    return null;
  end if;
  if is_edit then
    if to_jsonb(new) - beside is not distinct from to_jsonb(old) - beside then
      return null;
    end if;
    select proposals.id into accepted from history.proposals
     where proposals.record_id = new.id and proposals.sys_until = new.sys_from;
    if accepted is null then
      raise exception 'Where four eyes hold, one alone does not change what is public'
        using errcode = '23514', constraint = 'four_eyes_on_what_is_public';
    end if;
  end if;
  select users.id into person
    from public.changes join public.users on users.id = changes.actor_id and users.kind = 'person'
   where changes.id = new.change_id and changes.token_id is null;
  if person is null then
    raise exception 'Where four eyes hold, a person publishes'
      using errcode = '23514', constraint = 'four_eyes_are_of_people';
  end if;
  if is_edit and person in (select proposed_by(accepted)) then
    raise exception 'Where four eyes hold, nobody accepts what they proposed'
      using errcode = '23514', constraint = 'four_eyes_on_a_proposal';
  end if;
  if not is_edit and person in (select written_by(tg_table_name, new.id)) then
    raise exception 'Where four eyes hold, nobody publishes what they wrote'
      using errcode = '23514', constraint = 'four_eyes';
  end if;
  return null;
end $$;
