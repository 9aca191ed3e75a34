-- What somebody has begun to write at the desk and not sent. It is nobody else's, and no part of the record.

create table unsent_forms (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- The address of the form, where it is gone on with.
  path text not null check (char_length(path) between 1 and 500),
  -- The fields in their order, each a name and a value.
  fields jsonb not null,
  version integer not null default 1,
  kept_at timestamptz not null default clock_timestamp()
);
create index unsent_forms_user on unsent_forms (user_id, kept_at);
