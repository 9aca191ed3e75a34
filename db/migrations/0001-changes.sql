-- Users, changes, and the machinery that keeps every version of every tracked row.
-- What a change is and why it is built so: db/README.md.

create schema versions;  -- empty inheritance parents: what a row of a table looks like, whenever it was true
create schema history;   -- the versions that are past
create schema as_of;     -- one view per tracked table: its rows as they stood at the instant `app.as_of`

create table changes (
  id uuid primary key,
  at timestamptz not null unique,
  actor_id uuid,
  token_id uuid,
  import_id uuid,
  action text not null check (action ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$'),
  reason text check (char_length(reason) <= 2000),
  transaction_id xid8 not null default pg_current_xact_id()
);
create index changes_actor on changes (actor_id, at);

create function versions.refuse() returns trigger language plpgsql as $$
begin
  raise exception '% of %.% is refused: what was recorded stays recorded', tg_op, tg_table_schema, tg_table_name
    using errcode = 'OR002';
end $$;

-- Whether this transaction is the change of an erasure, the one act that may blank what was recorded.
create function versions.erasing() returns boolean language sql stable as $$
  select exists (
    select from public.changes
     where changes.id = nullif(current_setting('app.change_id', true), '')::uuid
       and changes.transaction_id = pg_current_xact_id()
       and changes.action = 'record.purge')
$$;

create function versions.guard_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and versions.erasing() and new.reason is null
     and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason' then
    return new;
  end if;
  raise exception '% of changes is refused: what was recorded stays recorded', tg_op using errcode = 'OR002';
end $$;

create trigger append_only before update or delete on changes
  for each row execute function versions.guard_change();
create trigger no_truncate before truncate on changes
  for each statement execute function versions.refuse();

-- Before a tracked row is written: demand the change of this very transaction, move the old version to its history
-- twin, and stamp the new one. A second write of a row in one change overwrites, as nobody could have seen the first.
create function versions.keep() returns trigger language plpgsql as $$
declare
  this_change uuid := nullif(current_setting('app.change_id', true), '')::uuid;
  stamp timestamptz;
begin
  select changes.at into stamp from public.changes
   where changes.id = this_change and changes.transaction_id = pg_current_xact_id();
  if not found then
    raise exception '% of % outside of a change is refused', tg_op, tg_table_name
      using errcode = 'OR001', hint = 'All writes go through change() in src/db/change.ts.';
  end if;
  if tg_op <> 'INSERT' and old.change_id <> this_change then
    old.sys_until := stamp;
    execute format('insert into history.%I select ($1).*', tg_table_name) using old;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.change_id := this_change;
  new.sys_from := stamp;
  new.sys_until := 'infinity';
  return new;
end $$;

-- A past version is written by versions.keep() alone, and blanked by erasure alone.
create function versions.guard_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and pg_trigger_depth() > 1 then
    return new;
  end if;
  if tg_op = 'UPDATE' and versions.erasing() then
    return new;
  end if;
  raise exception '% of history.% is refused: what was recorded stays recorded', tg_op, tg_table_name
    using errcode = 'OR002';
end $$;

-- Tells the view of a tracked table again what columns there are; call it after adding one to the parent.
-- The setting is read in a subquery so that it is read once a query, not once a row. As one range that contains the instant
-- it would be read in one place and a timeline start 4 ms sooner, but the planner thinks that a range finds next to nothing,
-- and then reads whole tables for a list.
create function versions.show(tracked text) returns void language plpgsql as $$
begin
  execute format(
    'create or replace view as_of.%1$I as select * from versions.%1$I
      where sys_from <= (select current_setting(''app.as_of'')::timestamptz)
        and sys_until > (select current_setting(''app.as_of'')::timestamptz)', tracked);
end $$;

-- An index on a tracked table and the same on its history.
create function versions.index(tracked text, name text, columns text) returns void language plpgsql as $$
begin
  execute format('create index %I on public.%I %s', name, tracked, columns);
  execute format('create index %I on history.%I %s', name, tracked, columns);
end $$;

-- Makes a tracked table of the parent versions.<tracked>: the current rows, their history, their view.
create function versions.track(tracked text, key text default 'id') returns void language plpgsql as $$
begin
  execute format(
    'alter table versions.%1$I
       add column change_id uuid not null default nullif(current_setting(''app.change_id'', true), '''')::uuid,
       add column sys_from timestamptz not null default clock_timestamp(),
       add column sys_until timestamptz not null default ''infinity'',
       add constraint holds_no_rows check (false) no inherit', tracked);
  execute format('create table public.%1$I (primary key (%2$s), check (sys_until = ''infinity'')) inherits (versions.%1$I)', tracked, key);
  execute format('create table history.%1$I (primary key (%2$s, sys_from), check (sys_from < sys_until)) inherits (versions.%1$I)', tracked, key);
  execute format('alter table public.%I add foreign key (change_id) references public.changes', tracked);
  execute format('create trigger keep before insert or update or delete on public.%I for each row execute function versions.keep()', tracked);
  execute format('create trigger no_truncate before truncate on public.%I for each statement execute function versions.refuse()', tracked);
  execute format('create trigger guard before insert or update or delete on history.%I for each row execute function versions.guard_history()', tracked);
  execute format('create trigger no_truncate before truncate on versions.%I for each statement execute function versions.refuse()', tracked);
  execute format('create trigger no_truncate before truncate on history.%I for each statement execute function versions.refuse()', tracked);
  perform versions.show(tracked);
end $$;

-- How names and titles are compared, never how they are stored: NFC, without white space around (as trim() in JavaScript).
create function comparable(words text) returns text language sql immutable parallel safe as $$
  select normalize(btrim(words, E'\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'), NFC)
$$;

create domain user_role as text check (value in ('contributor', 'reviewer', 'editor', 'admin'));

create table versions.users (
  id uuid not null,
  name text not null check (char_length(name) between 1 and 500),
  email text check (char_length(email) <= 320 and email like '%_@_%'),
  kind text not null check (kind in ('person', 'service')),
  roles user_role[] not null check (cardinality(roles) > 0),
  disabled boolean not null default false
);
select versions.track('users');
create unique index users_email on users (lower(email));

alter table changes add foreign key (actor_id) references users;

-- Wall-clock time as ISO 8601 without a zone; null where there is no bound. Years before 1 are astronomical (-0043 is 44 BC).
create function iso(t timestamp) returns text language sql immutable parallel safe as $$
  select case
    when not isfinite(t) then null
    when t >= '0001-01-01' and t < '10000-01-01' then to_char(t, 'YYYY-MM-DD"T"HH24:MI:SS')
    when t >= '10000-01-01' then '+' || to_char(t, 'YYYY-MM-DD"T"HH24:MI:SS')
    when t >= '0001-01-01 BC' then '0000' || to_char(t, '-MM-DD"T"HH24:MI:SS')
    else '-' || lpad((-1 - extract(year from t))::text, 4, '0') || to_char(t, '-MM-DD"T"HH24:MI:SS')
  end
$$;
