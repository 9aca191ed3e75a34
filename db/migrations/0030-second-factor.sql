-- A second factor at sign-in, and links by which a password is chosen anew. Neither is part of the record.

create table totps (
  user_id uuid primary key references users on delete cascade,
  -- Shared with the user's device, in base32: a code cannot be checked against a hash.
  secret text not null check (char_length(secret) between 16 and 128),
  -- Steps of 30 seconds since 1970 up to the last code that was taken: none counts twice.
  last_step bigint not null
);

-- One a user: a newer link voids the one before.
create table resets (
  user_id uuid primary key references users on delete cascade,
  hash bytea not null unique,
  expires_at timestamptz not null
);
