-- People who may be one: by their names, or as an import said. Which of them are two is on record.

-- The words of a name in ASCII, whatever its script, case and accents: what its keys begin with. Empty of an erased name.
create function public.name_folded(keys text) returns text language sql immutable parallel safe as $$
  select regexp_replace(keys, ' ?[=~].*', '')
$$;
create index names_folded on names (public.name_folded(keys)) where kind not in ('weak', 'misspelling');

create table look_alikes (
  one_id uuid not null references people deferrable initially deferred,
  other_id uuid not null references people deferrable initially deferred,
  found_at timestamptz not null default clock_timestamp(),
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index look_alikes_other on look_alikes (other_id);

-- Whoever gets a name that another has. A name that very many bear says nothing, so some of them are enough.
create function find_look_alikes() returns trigger language plpgsql as $$
begin
  insert into public.look_alikes (one_id, other_id)
  select distinct least(fresh.person_id, alike.person_id), greatest(fresh.person_id, alike.person_id)
    from fresh
    cross join lateral (
      select names.person_id from public.names
       where public.name_folded(names.keys) = public.name_folded(fresh.keys)
         and names.kind not in ('weak', 'misspelling') and names.person_id <> fresh.person_id
       limit 20) as alike
   where fresh.kind not in ('weak', 'misspelling') and public.name_folded(fresh.keys) <> ''
      on conflict do nothing;
  return null;
end $$;
create trigger look_alikes after insert on names referencing new table as fresh
  for each statement execute function find_look_alikes();

insert into look_alikes (one_id, other_id)
select distinct one.person_id, other.person_id
  from names as one join names as other on public.name_folded(one.keys) = public.name_folded(other.keys)
 where one.person_id < other.person_id and public.name_folded(one.keys) <> ''
   and one.kind not in ('weak', 'misspelling') and other.kind not in ('weak', 'misspelling')
union
select least(one.id, other.id), greatest(one.id, other.id)
  from imports cross join jsonb_array_elements(coalesce(report -> 'samePeople', '[]')) as pair
  join people as one on one.id = (pair ->> 'id')::uuid
  join people as other on other.id = (pair -> 'other' ->> 'id')::uuid
 where one.id <> other.id;

create table versions.distinctions (
  id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  check (one_id < other_id)
);
select versions.track('distinctions');
alter table distinctions
  add foreign key (one_id) references people deferrable initially deferred,
  add foreign key (other_id) references people deferrable initially deferred;
select versions.index('distinctions', 'distinctions_one', '(one_id, other_id)');
select versions.index('distinctions', 'distinctions_other', '(other_id)');
