-- Signing in at the desk: sessions tell on which device they are; guesses are counted.

alter table sessions drop column seen_at;
alter table sessions add column agent text check (char_length(agent) <= 500);

-- Each guess at a password counts for every key that it is throttled by: the account, the account and the network it
-- comes from, the network. Keys are hashes, so that no address of somebody who is no user is kept.
create table attempts (
  key bytea not null,
  at timestamptz not null
);
create index attempts_key on attempts (key, at);
create index attempts_at on attempts (at);
