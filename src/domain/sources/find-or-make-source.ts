import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { Gone, Invalid } from '../../errors.ts';
import { parseAddress } from '../../lib/addresses.ts';
import { newId } from '../../lib/ids.ts';
import { sameText } from '../../lib/text.ts';
import { dateColumns } from '../date-columns.ts';
import type { SourceDescription } from '../fields.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';
import { may } from '../users/permissions.ts';
import { isPublicSource } from '../visibility.ts';

/** A field in which what was sent differs from what is on record; what is on record stays. */
export interface SourceConflict {
  field: string;
  onRecord: unknown;
  sent: unknown;
}

export interface FoundOrMade {
  id: string;
  made: boolean;
  /** Whether blanks of the source on record were filled. */
  filled: boolean;
  conflicts: SourceConflict[];
}

type Path = (string | number)[];

/** The source on record with this id, or the one described, found or made. */
export async function sourceId(
  tx: Writer,
  source: SourceDescription & { id?: string | undefined },
  path: Path,
): Promise<string> {
  if (source.id === undefined) return (await findOrMakeSource(tx, source, path)).id;
  const { id, ...description } = source;
  const row = await tx.selectFrom('sources').select(['id', 'purged_because']).where('id', '=', id).executeTakeFirst();
  if (!row) throw Invalid.at([...path, 'id'], `no source "${id}" is on record`);
  if (row.purged_because) throw Gone.purged('source', row.purged_because);
  const extra = Object.keys(description).find(
    (field) => field in blank && description[field as keyof SourceDescription] != null,
  );
  if (extra) throw Invalid.at([...path, extra], 'a source is named by id or described, not both');
  return id;
}

/**
 * Finds the source described, by its canonical address or, without one, by publisher, title and date; else makes it.
 * Of one that is found, blanks are filled (where it is public, by who may edit what is), and what differs comes back as
 * `conflicts`.
 */
export async function findOrMakeSource(tx: Writer, source: SourceDescription, path: Path): Promise<FoundOrMade> {
  if (source.url == null && source.title == null && source.publisher == null) {
    throw Invalid.at(path, 'a source needs at least an address (url), a title or a publisher');
  }
  const publisherId =
    source.publisher == null
      ? null
      : await findOrMakePerson(tx, source.publisher, 'organization', [...path, 'publisher']);
  const columns = sourceColumns(source, publisherId);
  const present = await findTwin(tx, columns);
  if (!present) {
    const id = newId();
    await tx
      .insertInto('sources')
      .values({ id, ...columns })
      .execute();
    return { id, made: true, filled: false, conflicts: [] };
  }
  const { filled, conflicts } = await fill(tx, present, columns);
  return { id: present.id, made: false, filled, conflicts: await withPublishersNamed(tx, conflicts) };
}

/** What the database stores of a description. */
export function sourceColumns(source: Omit<SourceDescription, 'publisher'>, publisherId: string | null) {
  return {
    title: source.title ?? null,
    publisher_id: publisherId,
    author: source.author ?? null,
    ...dateColumns('published', source.publishedOn),
    language: source.language ?? null,
    url: source.url ?? null,
    canonical_url: source.url == null ? null : parseAddress(source.url).canonical,
    archived_url: source.archivedUrl ?? null,
    archived_hash: source.archivedHash ?? null,
  };
}

/** What a description is called in the database. Dates compare by what was written, addresses by their canonical form. */
export const fillable = {
  title: 'title',
  publisher_id: 'publisher',
  author: 'author',
  published_on: 'publishedOn',
  language: 'language',
  archived_url: 'archivedUrl',
  archived_hash: 'archivedHash',
} as const;

const blank: Record<keyof SourceDescription, null> = {
  url: null,
  title: null,
  publisher: null,
  author: null,
  publishedOn: null,
  language: null,
  archivedUrl: null,
  archivedHash: null,
};

type Columns = Awaited<ReturnType<typeof findTwin>> & object;

/** The source on record that is the same as one of these columns. */
export function findTwin(
  tx: Writer,
  source: {
    canonical_url: string | null;
    publisher_id: string | null;
    title: string | null;
    published_on: string | null;
  },
) {
  const query = tx.selectFrom('sources').selectAll().where('purged_because', 'is', null);
  if (source.canonical_url !== null) {
    return query
      .where(sql`md5(canonical_url)`, '=', sql`md5(${source.canonical_url})`)
      .where('canonical_url', '=', source.canonical_url)
      .executeTakeFirst();
  }
  // `is not distinct from` would say the same, but no index answers it.
  const { publisher_id, title, published_on } = source;
  return query
    .where('url', 'is', null)
    .where('publisher_id', publisher_id === null ? 'is' : '=', publisher_id)
    .where(sql`md5(comparable(title))`, title === null ? 'is' : '=', title && sql`md5(comparable(${title}))`)
    .where('published_on', published_on === null ? 'is' : '=', published_on)
    .executeTakeFirst();
}

async function fill(tx: Writer, present: Columns, sent: Record<string, unknown>) {
  const mayFill = may(tx.change.actor, 'published.edit') || !(await isPublic(tx, present.id));
  const names = Object.keys(fillable) as (keyof typeof fillable)[];
  const given = names.filter((column) => sent[column] !== null);
  const blanks = mayFill ? given.filter((column) => present[column] === null) : [];
  const conflicts: SourceConflict[] = given
    .filter((column) => !blanks.includes(column))
    .filter((column) => present[column] === null || !sameText(String(present[column]), String(sent[column])))
    .map((column) => ({ field: fillable[column], onRecord: present[column], sent: sent[column] }));
  if (blanks.length) {
    const dates = blanks.includes('published_on') ? ['published_from', 'published_until', 'published_text'] : [];
    await tx
      .updateTable('sources')
      .set({
        ...Object.fromEntries([...blanks, ...dates].map((column) => [column, sent[column]])),
        version: present.version + 1,
      })
      .where('id', '=', present.id)
      .execute();
  }
  return { filled: blanks.length > 0, conflicts };
}

/** Publishers by name: one who was made for a source that is not taken is not kept, so an id would lead nowhere. */
async function withPublishersNamed(tx: Writer, conflicts: readonly SourceConflict[]): Promise<SourceConflict[]> {
  const nameOf = async (id: unknown) =>
    id === null
      ? null
      : (await tx.selectFrom('people').select('name').where('id', '=', String(id)).executeTakeFirst())?.name;
  return Promise.all(
    conflicts.map(async ({ field, onRecord, sent }) =>
      field === 'publisher'
        ? { field, onRecord: await nameOf(onRecord), sent: await nameOf(sent) }
        : { field, onRecord, sent },
    ),
  );
}

async function isPublic(tx: Writer, id: string): Promise<boolean> {
  const query = tx.selectFrom('sources').select(isPublicSource('sources.id').as('public')).where('id', '=', id);
  return (await query.executeTakeFirstOrThrow()).public;
}
