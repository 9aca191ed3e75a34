-- Whoever says things: their names in every spelling, their dated roles; and the addresses of all records.

create domain language_tag as text check (value ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' and char_length(value) <= 35);
create domain slug as text check (value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(value) <= 80);

-- Every slug that a record ever had. Never updated, never deleted: an address given out stays. Erasure alone replaces
-- the words by their hash (SHA-256 in hexadecimal), so that the old address still leads to the record that was erased.
create table slugs (
  noun text not null check (noun in ('person', 'claim', 'topic')),
  slug slug not null,
  record_id uuid not null,
  primary key (noun, slug)
);
create function slug_hash(words text) returns text language sql immutable parallel safe as $$
  select encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;
create function guard_slug() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and versions.erasing()
     and (new.noun, new.slug, new.record_id) = (old.noun, public.slug_hash(old.slug), old.record_id) then
    return new;
  end if;
  raise exception '% of slugs is refused: what was recorded stays recorded', tg_op using errcode = 'OR002';
end $$;
create trigger append_only before update or delete on slugs for each row execute function guard_slug();
create trigger no_truncate before truncate on slugs for each statement execute function versions.refuse();

create table versions.people (
  id uuid not null,
  canonical_id uuid not null,
  slug slug not null,
  name text not null check (char_length(name) between 1 and 500),
  kind text not null check (kind in ('person', 'organization')),
  description text check (char_length(description) <= 2000),
  external_ids jsonb not null default '{}' check (jsonb_typeof(external_ids) = 'object'),
  version integer not null default 1,
  purged_because text
);
select versions.track('people');
alter table people add foreign key (canonical_id) references people deferrable initially deferred;
create unique index people_slug on people (slug);
select versions.index('people', 'people_canonical', '(canonical_id)');
select versions.index('people', 'people_name', '(name, id)');

create table versions.names (
  id uuid not null,
  person_id uuid not null,
  name text not null check (char_length(name) between 1 and 500),
  kind text not null check (kind in ('primary', 'alias', 'former', 'transliteration', 'misspelling', 'weak')),
  language language_tag,
  script text check (script ~ '^[A-Z][a-z]{3}$')
);
select versions.track('names');
alter table names add foreign key (person_id) references people deferrable initially deferred;
create unique index names_one_primary_per_language on names (person_id, coalesce(language, 'und')) where kind = 'primary';
select versions.index('names', 'names_person', '(person_id)');
select versions.index('names', 'names_exact', '(comparable(name))');

create table versions.roles (
  id uuid not null,
  person_id uuid not null,
  title text not null check (char_length(title) between 1 and 500),
  organization_id uuid,
  starts_on text,
  ends_on text,
  held_from timestamp not null default '-infinity',
  held_until timestamp not null default 'infinity',
  check (held_from < held_until)
);
select versions.track('roles');
alter table roles
  add foreign key (person_id) references people deferrable initially deferred,
  add foreign key (organization_id) references people deferrable initially deferred;
select versions.index('roles', 'roles_person', '(person_id, held_from)');
select versions.index('roles', 'roles_organization', '(organization_id)');

-- The displayed name is one of the person's primary names. Checked at the end, as both are written in one change.
create function display_name_is_primary() returns trigger language plpgsql as $$
declare
  checked uuid;
begin
  if tg_table_name = 'people' then
    checked := new.id;
  else
    checked := coalesce(new.person_id, old.person_id);
  end if;
  if exists (
    select from public.people
     where people.id = checked
       and people.purged_because is null
       and not exists (
         select from public.names
          where names.person_id = people.id and names.kind = 'primary' and names.name = people.name)
  ) then
    raise exception 'The displayed name must be one of the primary names'
      using errcode = '23514', constraint = 'people_name_is_primary';
  end if;
  return null;
end $$;
create constraint trigger name_is_primary after insert or update on people
  deferrable initially deferred for each row execute function display_name_is_primary();
create constraint trigger name_is_primary after insert or update or delete on names
  deferrable initially deferred for each row execute function display_name_is_primary();
