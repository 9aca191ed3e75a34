import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../db/types.ts';
import { isId } from '../../lib/ids.ts';
import { isSlug } from '../../lib/slugs.ts';
import { type Noun, tables } from '../nouns.ts';
import { by, idBy } from '../references.ts';

/** A record as whoever is to erase it must know it. */
export interface ErasableRecord {
  noun: Noun;
  id: string;
  label: string;
  /** How many versions of it there are, the present one among them. */
  versions: number;
  /** Records merged into it, which are erased with it. */
  merged: number;
  purgedBecause: string | null;
}

const LABELS: Record<Noun, string> = {
  person: 'x.name',
  claim: 'x.text',
  statement: "coalesce(x.quote, 'A statement without words')",
  source: "coalesce(x.title, x.url, 'A source without a title')",
  verdict: 'coalesce(x.summary, x.native_label, x.status)',
  attribution: 'coalesce(x.summary, x.status)',
};

/** The record with this id, or the one whose page is at this address: `https://…/claims/slug`, `/people/slug`. */
export async function findErasable(db: Reader, text: string): Promise<ErasableRecord | undefined> {
  const named = await idIn(db, text);
  if (named === undefined) return undefined;
  const each = (Object.entries(tables) as [Noun, string][]).map(([noun, table]) => {
    const merged = noun === 'person' || noun === 'claim';
    return sql`
      select ${sql.lit(noun)} as noun, x.id, ${sql.raw(LABELS[noun])} as label, x.purged_because as "purgedBecause",
             (select count(*)::integer from ${sql.table(`versions.${table}`)} as v where v.id = x.id) as versions,
             ${merged ? sql`(select count(*)::integer - 1 from ${sql.table(table)} as m where m.canonical_id = x.id)` : sql`0`} as merged
        from ${sql.table(table)} as x where x.id = ${named}::uuid`;
  });
  const query: RawBuilder<ErasableRecord> = sql`${sql.join(each, sql` union all `)}`;
  const [found] = (await db.executeQuery(query.compile(db))).rows;
  return found && { ...found, merged: Math.max(0, found.merged) };
}

const KINDS: Record<string, 'person' | 'claim' | undefined> = { people: 'person', claims: 'claim' };

async function idIn(db: Reader, text: string): Promise<string | undefined> {
  if (isId(text)) return text;
  const [, kind = '', reference = ''] = /\/(people|claims|statements|sources)\/([^/?#]+)/.exec(text) ?? [];
  if (isId(reference)) return reference;
  const noun = KINDS[kind];
  if (!noun || !isSlug(reference)) return undefined;
  const query = sql<{ id: string | null }>`select ${idBy(noun, by(reference), sql`${reference}`)} as id`;
  return (await db.executeQuery(query.compile(db))).rows[0]?.id ?? undefined;
}
