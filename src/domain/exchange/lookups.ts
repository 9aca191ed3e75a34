import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { key as comparable } from '../../lib/text.ts';
import type { Bearer } from '../people/bearers.ts';
import type { Noun } from './record-form.ts';
import { label, type Name, storedKey } from './record-references.ts';

export const tables = {
  person: 'people',
  topic: 'topics',
  source: 'sources',
  claim: 'claims',
  statement: 'statements',
  verdict: 'verdicts',
  attribution: 'attributions',
} as const satisfies Record<Noun, string>;

const byId = Object.fromEntries(
  Object.entries(tables).map(([noun, table]) => [
    noun,
    prepared<{ ids: string[] }, { id: string }>(
      (param) => sql`select id from ${sql.table(table)} where id = any(${param('ids')}::uuid[])`,
    ),
  ]),
) as Record<Noun, (reader: Reader, values: { ids: string[] }) => Promise<{ id: string }[]>>;

const byKey = prepared<
  { nouns: string[]; schemes: string[]; keys: string[] },
  { noun: Noun; scheme: string; key: string; record_id: string; content: Buffer }
>(
  (param) => sql`
    select import_keys.noun, import_keys.scheme, import_keys.key, import_keys.record_id, import_keys.content
      from unnest(${param('nouns')}::text[], ${param('schemes')}::text[], ${param('keys')}::text[]) as wanted (noun, scheme, key)
      join import_keys on import_keys.scheme = wanted.scheme and import_keys.noun = wanted.noun and import_keys.key = wanted.key`,
);

/** The records with these names: by id, or as a key of this or an earlier import led to them. */
export async function findNamed(reader: Reader, named: readonly { noun: Noun; name: Name }[], scheme: string) {
  const ids = new Map<string, string>();
  const contents = new Map<string, Buffer>();
  const wanted = new Map(named.map((one) => [label(one.noun, one.name), one]));
  if (wanted.size === 0) return { ids, contents };
  const all = [...wanted.values()];
  const keys = await byKey(reader, {
    nouns: all.map(({ noun }) => noun),
    schemes: all.map(({ name }) => ('id' in name ? 'id' : scheme)),
    keys: all.map(({ name }) => ('id' in name ? name.id : storedKey(name.key))),
  });
  const stored = new Map(
    all.flatMap(({ noun, name }) => ('key' in name ? [[`${noun} ${storedKey(name.key)}`, name]] : [])),
  );
  for (const row of keys) {
    const name = row.scheme === 'id' ? { id: row.key } : stored.get(`${row.noun} ${row.key}`)!;
    ids.set(label(row.noun, name), row.record_id);
    contents.set(label(row.noun, name), row.content);
  }
  for (const noun of Object.keys(tables) as Noun[]) {
    const sought = all.flatMap((one) => (one.noun === noun && 'id' in one.name ? [one.name.id] : []));
    if (sought.length) for (const { id } of await byId[noun](reader, { ids: sought })) ids.set(label(noun, { id }), id);
  }
  return { ids, contents };
}

/** People by slug, present or former; of merged ones the one who stands for all. */
export async function findSlugs(reader: Reader, slugs: readonly string[]) {
  if (slugs.length === 0) return new Map<string, { id: string; purged_because: string | null }>();
  const rows = await bySlug(reader, { slugs });
  return new Map(rows.map(({ slug, ...person }) => [slug, person]));
}

const bySlug = prepared<{ slugs: readonly string[] }, { slug: string; id: string; purged_because: string | null }>(
  (param) => sql`
    select slugs.slug, p.id, p.purged_because
      from slugs join people as member on member.id = slugs.record_id join people as p on p.id = member.canonical_id
     where slugs.noun = 'person' and slugs.slug = any(${param('slugs')}::text[])`,
);

/** Topics by comparable name and by slug. */
export async function findTopics(reader: Reader, names: readonly string[]): Promise<Map<string, string>> {
  const topics = new Map<string, string>();
  if (names.length === 0) return topics;
  const rows = await topicsNamed(reader, { names: names.map(comparable) });
  for (const { id, slug } of rows) topics.set(slug, id);
  for (const { id, name } of rows) topics.set(comparable(name), id);
  return topics;
}

const topicsNamed = prepared<{ names: string[] }, { id: string; slug: string; name: string }>(
  (param) => sql`
    select id, slug, name from topics
     where comparable(name) = any(${param('names')}::text[]) or slug = any(${param('names')}::text[]) order by id desc`,
);

/** People by an external id, by `scheme value`. */
export async function findByExternalIds(
  reader: Reader,
  wanted: readonly (readonly [string, string])[],
): Promise<Map<string, Bearer[]>> {
  const people = new Map<string, Bearer[]>();
  if (wanted.length === 0) return people;
  const rows = await withExternalIds(reader, {
    schemes: wanted.map(([scheme]) => scheme),
    values: wanted.map(([, value]) => value),
  });
  for (const { scheme, value, ...person } of rows) {
    const one = `${scheme} ${value}`;
    people.set(one, [...(people.get(one) ?? []), person]);
  }
  return people;
}

const withExternalIds = prepared<{ schemes: string[]; values: string[] }, Bearer & { scheme: string; value: string }>(
  (param) => sql`
    select distinct wanted.scheme, wanted.value, p.id, p.slug, p.name, p.kind, p.external_ids
      from unnest(${param('schemes')}::text[], ${param('values')}::text[]) as wanted (scheme, value)
      join people as member on member.external_ids @> jsonb_build_object(wanted.scheme, wanted.value)
      join people as p on p.id = member.canonical_id
     order by p.id`,
);

/** Of these people, those whom a key of this scheme names already. */
export async function findKeyed(reader: Reader, scheme: string, people: readonly string[]): Promise<Map<string, true>> {
  if (people.length === 0) return new Map();
  return new Map((await keyedPeople(reader, { scheme, people })).map((row) => [row.record_id, true]));
}

const keyedPeople = prepared<{ scheme: string; people: readonly string[] }, { record_id: string }>(
  (param) => sql`
    select distinct record_id from import_keys
     where noun = 'person' and scheme = ${param('scheme')} and record_id = any(${param('people')}::uuid[])`,
);

/** The roles of these people and of those merged with them, the latest first. */
export async function findRoles(reader: Reader, people: readonly string[]) {
  const roles = new Map<string, { id: string; title: string }[]>();
  if (people.length === 0) return roles;
  for (const { person, ...role } of await rolesOf(reader, { people })) {
    roles.set(person, [...(roles.get(person) ?? []), role]);
  }
  return roles;
}

const rolesOf = prepared<{ people: readonly string[] }, { person: string; id: string; title: string }>(
  (param) => sql`
    select p.id as person, roles.id, roles.title
      from people as p
      join people as member on member.canonical_id = p.canonical_id
      join roles on roles.person_id = member.id
     where p.id = any(${param('people')}::uuid[]) order by roles.held_from desc`,
);

/** The kinds of claims, by id. */
export async function findKinds(reader: Reader, claims: readonly string[]): Promise<Map<string, string>> {
  if (claims.length === 0) return new Map();
  return new Map((await kindsOf(reader, { claims })).map(({ id, kind }) => [id, kind]));
}

const kindsOf = prepared<{ claims: readonly string[] }, { id: string; kind: string }>(
  (param) => sql`select id, kind from claims where id = any(${param('claims')}::uuid[])`,
);

/** The positions of statements, each `statement claim`. */
export async function findPositions(reader: Reader, statements: readonly string[]): Promise<Map<string, true>> {
  if (statements.length === 0) return new Map();
  const rows = await positionsOf(reader, { statements });
  return new Map(rows.map((row) => [`${row.statement_id} ${row.claim_id}`, true]));
}

const positionsOf = prepared<{ statements: readonly string[] }, { statement_id: string; claim_id: string }>(
  (param) => sql`select statement_id, claim_id from positions where statement_id = any(${param('statements')}::uuid[])`,
);
