import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, NotFound } from '../../errors.ts';
import { Id, text } from '../fields.ts';
import { giveSlug } from '../give-slug.ts';
import { demand } from '../users/permissions.ts';
import { states, words } from '../vocabulary.ts';

/** What stands where a name or a title must stand. */
export const ERASED = '[erased]';

const withdrawn = { state: 'withdrawn', withdrawn_because: null };

/** Of each noun: its table, and what is blanked of a row. What is not listed stays. */
const nouns = {
  person: { table: 'people', blank: { name: ERASED, description: null, external_ids: '{}' } },
  claim: { table: 'claims', blank: { text: ERASED, ...withdrawn } },
  statement: { table: 'statements', blank: { quote: null, original: null, venue: null, ...withdrawn } },
  source: {
    table: 'sources',
    blank: {
      title: null,
      author: null,
      url: null,
      canonical_url: null,
      archived_url: null,
      archived_hash: null,
    },
  },
  verdict: {
    table: 'verdicts',
    blank: { summary: null, explanation: null, native_label: null, url: null, revision_note: null, ...withdrawn },
  },
  attribution: { table: 'attributions', blank: { summary: null, ...withdrawn } },
} as const;

export type PurgeableNoun = keyof typeof nouns;

export const PurgeRecord = z.strictObject({
  noun: z.enum(Object.keys(nouns) as [PurgeableNoun, ...PurgeableNoun[]]),
  id: Id,
  ground: text(500).meta({ description: 'The legal ground. It is public, so it must not say what was erased.' }),
});
export type PurgeRecord = z.output<typeof PurgeRecord>;

/**
 * Erases the words of one record, and of those merged into it, for good: in the present and in every past version. It is
 * the one exception to "the past is what was served then". Throws `Forbidden`, `NotFound`, `Gone` where it was done.
 *
 * What goes: every free text of the record; a person's names, roles, description and external ids; the excerpts of the
 * citations that a record makes and, of a source, of those that cite it; the reasons of the changes that wrote any of it;
 * the answers kept for repeated requests that hold its words; what was proposed to edit of it; forms about it that were begun and not sent; what was said of a claim among those who work on it. A claim's, statement's or finding's state becomes
 * `withdrawn` in every version, so that whatever asks for what is published, now or as of then, finds nothing of it.
 *
 * What stays, as what is around it needs it: ids, and what refers by id (a statement keeps its speaker, a source its
 * publisher, a position its claim); dates, kinds, stances and statuses, which say nothing without the words; of a person
 * a name and titles that say `[erased]`, as statements are still somebody's. What others wrote *about* the record, a
 * claim's text for example, is theirs: purge that too where the ground covers it.
 *
 * Slugs are words as well. The record gets a neutral one (`person-<id8>`), and of each slug that it had the words are
 * replaced by their SHA-256: so the old address still answers 410, and no other record can get it. Who guesses a
 * slug can confirm the guess by the hash, but no more than the 410 itself tells; forgetting the slug instead would
 * hand the address, and the links to it, to the next record of that name.
 *
 * PostgreSQL keeps samples of columns for its planner, so these are taken anew. Pages on disk lose the words at the next
 * vacuum; backups, and dumps that others made, are the operator's to deal with.
 */
export async function purgeRecord(tx: Writer, { noun, id, ground }: PurgeRecord): Promise<void> {
  demand(tx, 'record.purge');
  const { table } = nouns[noun];
  const record = await tx.selectFrom(asTable(table)).selectAll().where('id', '=', id).executeTakeFirst();
  if (!record) throw new NotFound(noun, id);
  if (record.purged_because) throw Gone.purged(noun, record.purged_because);
  const ids = await withMerged(tx, noun, id);
  const parts = partsOf(noun, ids, ground);

  if (noun === 'claim') await tx.deleteFrom('comments').where('claim_id', 'in', ids).execute();
  const texts = await wordsOf(tx, parts);
  await forgetReasons(tx, parts);
  for (const part of parts) await blank(tx, part);
  const slugs = noun === 'person' || noun === 'claim' ? await forgetSlugs(tx, noun, ids) : [];
  await forgetForms(tx, table, ids, slugs);
  await forgetAnswers(tx, ids, texts, slugs);
  for (const { table } of parts) await sampleAnew(tx, [`public.${table}`, `history.${table}`, `versions.${table}`]);
  await sampleAnew(tx, ['public.slugs', 'public.changes', 'public.idempotency']);
}

/** The nouns differ in type but not in what is asked of each here, so one table stands for all. */
const asTable = (table: string) => table as 'people';

async function withMerged(tx: Writer, noun: PurgeableNoun, id: string): Promise<string[]> {
  if (noun !== 'person' && noun !== 'claim') return [id];
  const rows = await tx.selectFrom(asTable(nouns[noun].table)).select('id').where('canonical_id', '=', id).execute();
  return [...new Set([id, ...rows.map((row) => row.id)])];
}

/** Rows that hold words of the record, and what is put in their place. */
interface Part {
  table: string;
  where: RawBuilder<boolean>;
  blank: Readonly<Record<string, string | null>>;
  /** What happens to the present rows, beside being blanked: the record's own gets a new version, names go. */
  present?: 'raise version' | 'delete';
}

const proposals = { table: 'proposals', blank: { fields: '[]' }, present: 'delete' } as const;

function partsOf(noun: PurgeableNoun, ids: string[], ground: string): Part[] {
  const { table, blank } = nouns[noun];
  const belongs = (column: string) => sql<boolean>`${sql.ref(column)} = any(${ids}::uuid[])`;
  const record: Part = {
    table,
    where: belongs('id'),
    blank: { ...blank, purged_because: ground },
    present: 'raise version',
  };
  if (noun !== 'person') {
    const excerpts = { exact: null, prefix: null, suffix: null };
    return [
      record,
      { table: 'citations', where: belongs(`${noun}_id`), blank: excerpts },
      { ...proposals, where: belongs('record_id') },
    ];
  }
  const name = { name: ERASED, language: null, script: null, keys: '' };
  // A statement may name a role, so its row stays.
  const role = { title: ERASED, organization_id: null, starts_on: null, ends_on: null };
  const period = { held_from: '-infinity', held_until: 'infinity' };
  return [
    record,
    { table: 'names', where: belongs('person_id'), blank: name, present: 'delete' },
    { table: 'roles', where: belongs('person_id'), blank: { ...role, ...period } },
    { ...proposals, where: namesOne(ids) },
  ];
}

const present = (table: string) => sql.table(`public.${table}`);
const history = (table: string) => sql.table(`history.${table}`);
const everyVersion = (table: string) => sql.table(`versions.${table}`);

/** Each text that is about to go, as it stands in any version. */
async function wordsOf(tx: Writer, parts: Part[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { table, where, blank } of parts) {
    const { rows } = await sql<{ version: Record<string, unknown> }>`
      select to_json(v) as version from ${everyVersion(table)} as v where ${where}`.execute(tx);
    // What a name is found by are pieces of it, as short as a letter: they tell nothing that the name does not. A form
    // that was not accepted is in no answer.
    const columns = Object.keys(blank).filter((column) => column !== 'keys' && column !== 'fields');
    for (const { version } of rows) for (const column of columns) collect(found, version[column]);
  }
  for (const common of [ERASED, 'infinity', '-infinity', ...words(states)]) found.delete(common);
  return [...found];
}

function collect(found: Set<string>, value: unknown): void {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(found, part);
}

async function forgetReasons(tx: Writer, parts: Part[]): Promise<void> {
  for (const { table, where } of parts) {
    await sql`update changes set reason = null
      where reason is not null and (id in (select change_id from ${everyVersion(table)} where ${where})
        or at in (select sys_until from ${history(table)} where ${where}))`.execute(tx);
  }
}

/** The present first: its words go to the history as any old version does, and are blanked there with the rest. */
async function blank(tx: Writer, part: Part): Promise<void> {
  const { table, where } = part;
  const columns = sql.join(Object.entries(part.blank).map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
  if (part.present === 'delete') await sql`delete from ${present(table)} where ${where}`.execute(tx);
  else {
    const version = part.present === 'raise version' ? sql`, version = version + 1` : sql``;
    await sql`update ${present(table)} set ${columns}${version} where ${where}`.execute(tx);
  }
  await sql`update ${history(table)} set ${columns} where ${where}`.execute(tx);
}

/** The slugs that go; each record has a neutral one instead, now and in every past version. */
async function forgetSlugs(tx: Writer, noun: 'person' | 'claim', ids: string[]): Promise<string[]> {
  const { table } = nouns[noun];
  const theirs = sql<boolean>`noun = ${noun} and record_id = any(${ids}::uuid[])`;
  const { rows } = await sql<{ slug: string }>`select slug from slugs where ${theirs}`.execute(tx);
  await sql`update slugs set slug = slug_hash(slug) where ${theirs}`.execute(tx);
  for (const id of ids) {
    const slug = await giveSlug(tx, noun, id, '');
    await sql`update ${present(table)} set slug = ${slug} where id = ${id}`.execute(tx);
    await sql`update ${history(table)} set slug = ${slug} where id = ${id}`.execute(tx);
  }
  return rows.map((row) => row.slug);
}

/** What somebody has begun to write about the record, or with it, and not sent: such a form holds its words, too. */
async function forgetForms(tx: Writer, table: string, ids: string[], slugs: string[]): Promise<void> {
  await sql`delete from unsent_forms
    where (split_part(path, '/', 3) = ${table} and split_part(path, '/', 4) = any(${[...ids, ...slugs]}::text[]))
       or ${namesOne(ids)}`.execute(tx);
}

/** A form names whom and what it means beside their id. */
const namesOne = (ids: string[]) =>
  sql<boolean>`exists (select from unnest(${ids}::text[]) as id where position(id in fields::text) > 0)`;

/**
 * A repeat of the request that made the record gets an empty answer with its address, which says that it is gone: were
 * the key forgotten, the repeat would make it anew. Requests to its own address are forgotten with the address.
 */
async function forgetAnswers(tx: Writer, ids: string[], texts: string[], slugs: string[]): Promise<void> {
  // As JSON holds them, without the quotation marks. One or two letters are in every answer.
  const told = [...ids, ...slugs, ...texts]
    .map((word) => JSON.stringify(word).slice(1, -1))
    .filter((word) => word.length > 2);
  await sql`delete from idempotency
    where exists (select from unnest(${slugs}::text[]) as slug where position('/' || slug in route) > 0)`.execute(tx);
  await sql`update idempotency set body = '{}', headers = headers - 'link'
    where exists (select from unnest(${told}::text[]) as word where position(word in body) > 0)`.execute(tx);
}

async function sampleAnew(tx: Writer, tables: string[]): Promise<void> {
  for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(tx);
}
