-- Published things. An address is compared in its canonical form; without one, by publisher, title and date.

create table versions.sources (
  id uuid not null,
  title text check (char_length(title) between 1 and 2000),
  publisher_id uuid,
  author text check (char_length(author) between 1 and 500),
  published_on text,
  published_from timestamp,
  published_until timestamp,
  published_text text,
  language language_tag,
  url text check (char_length(url) <= 4096),
  canonical_url text check (char_length(canonical_url) <= 4096),
  archived_url text check (char_length(archived_url) <= 4096),
  archived_hash text check (archived_hash ~ '^[0-9a-f]{64}$'),
  version integer not null default 1,
  purged_because text,
  check ((url is null) = (canonical_url is null)),
  check ((published_on is null) = (published_from is null)),
  check (purged_because is not null or num_nonnulls(title, publisher_id, url) > 0)
);
select versions.track('sources');
alter table sources add foreign key (publisher_id) references people deferrable initially deferred;
-- An index row holds at most 2,704 bytes, so addresses are indexed by hash.
create unique index sources_canonical_url on sources (md5(canonical_url));
create index sources_canonical_url on history.sources (md5(canonical_url));
select versions.index('sources', 'sources_publisher', '(publisher_id)');
create unique index sources_without_url on sources (publisher_id, md5(comparable(title)), published_on) nulls not distinct where url is null and purged_because is null;
