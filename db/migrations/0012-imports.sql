-- Imports: what each file's records are called where they come from, and how an import went.

alter table imports
  add column actor_id uuid references users,
  add column dry_run boolean not null default false,
  -- Why it ended early: the file is malformed, or the program was stopped.
  add column failure text check (char_length(failure) <= 2000),
  add column undone_at timestamptz;

-- Which record a foreign key made or met, so that nothing is made twice. scheme is the format, or `id` for a record of
-- our own form that was met under another id. content is the SHA-256 of what was read: another one later is told.
create table import_keys (
  scheme text not null check (char_length(scheme) between 1 and 50),
  noun text not null check (noun in ('person', 'topic', 'source', 'claim', 'statement', 'verdict', 'attribution')),
  key text not null check (octet_length(key) between 1 and 500),
  record_id uuid not null,
  content bytea not null,
  import_id uuid not null references imports,
  primary key (scheme, noun, key)
);
create index import_keys_person on import_keys (record_id) where noun = 'person';

create index changes_import on changes (import_id) where import_id is not null;
select versions.index('people', 'people_external_ids', 'using gin (external_ids jsonb_path_ops)');
select versions.index('claims', 'claims_text', '(md5(comparable(text)))');
