-- Who may write, and what must not be done twice. None of these tables is part of the record, so none is tracked.

create table tokens (
  id uuid primary key,
  user_id uuid not null references users,
  name text not null check (char_length(name) between 1 and 500),
  role user_role not null,
  hash bytea not null unique,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
alter table changes add foreign key (token_id) references tokens;

-- Passwords stand apart from users, so that no hash is ever in the history.
create table passwords (
  user_id uuid primary key references users,
  hash text not null,
  changed_at timestamptz not null default clock_timestamp()
);

create table invitations (
  id uuid primary key,
  hash bytea not null unique,
  roles user_role[] not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users,
  hash bytea not null unique,
  created_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);

create table idempotency (
  token_id uuid not null references tokens,
  route text not null,
  key text not null check (char_length(key) between 1 and 255),
  body_hash bytea not null,
  status integer not null,
  headers jsonb not null,
  body text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (token_id, route, key)
);
create index idempotency_created on idempotency (created_at);

create table imports (
  id uuid primary key,
  format text not null,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  mapping_version text not null,
  report jsonb not null default '{}',
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
alter table changes add foreign key (import_id) references imports;
