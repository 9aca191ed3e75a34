-- What those who work on a claim say of it to each other. Never public, and no part of the record.

create table comments (
  id uuid primary key,
  claim_id uuid not null references claims,
  user_id uuid not null references users,
  text text not null check (char_length(text) between 1 and 5000),
  at timestamptz not null
);
create index comments_claim on comments (claim_id);

-- Whom a comment waits for, until they have answered or said that it is done.
create table mentions (
  user_id uuid not null references users on delete cascade,
  comment_id uuid not null references comments on delete cascade,
  primary key (user_id, comment_id)
);
create index mentions_comment on mentions (comment_id);
