import { type RawBuilder, sql } from 'kysely';
import { preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { answersTyped, typedName } from '../../lib/name-keys.ts';
import { type Audience, isPublicPerson } from '../visibility.ts';

/** Names that are looked at of each nearness, so that one letter typed is as quick as a whole name. */
const MOST_NAMES = { exact: 200, beginning: 500, sound: 200, near: 200, partly: 200 } as const;

/** A person whom a name leads to, and how well it does: from 0 to 1, which is the whole name as typed. */
export interface NamedPerson {
  id: string;
  name: string;
  score: number;
  /** By which of their names. */
  bears: string;
  /** Whether it was by a name that few others bear and that is spelt right, so that it may stand for the person. */
  certain: boolean;
}

/**
 * Whom somebody means who types a name, or the beginning of one: by any of the person's names, or of those merged into
 * them, in any spelling or script, also with a slip in it; best first. At most some hundreds, each once.
 */
export async function lookUpPeople(reader: Reader, typed: string, by: PeopleLookup): Promise<NamedPerson[]> {
  const name = typedName(typed);
  if (!name) return [];
  const { audience, kind } = by;
  const { words, ...queries } = name;
  const rows = await query(reader, { audience, kind: kind !== undefined }, { ...queries, kind });
  const people = new Map<string, NamedPerson>();
  for (const row of rows) {
    const likeness = answersTyped(words, row.bears);
    const score = Number((row.kind === 'weak' ? 0.8 * likeness : likeness).toFixed(4));
    const certain = row.kind !== 'weak' && row.kind !== 'misspelling';
    const known = people.get(row.id);
    if (score > (known?.score ?? 0))
      people.set(row.id, { id: row.id, name: row.name, bears: row.bears, score, certain });
  }
  return [...people.values()].sort(byScore);
}

export interface PeopleLookup {
  audience: Audience;
  kind?: string[] | undefined;
}

/** Best first; then by name and id, so that the order is the same each time. */
export function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || compare(a.name, b.name) || compare(a.id, b.id);
}

type Ranked = Pick<NamedPerson, 'score' | 'name' | 'id'>;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Row = { id: string; name: string; bears: string; kind: string };

const query = preparedByShape<{ audience: Audience; kind: boolean }, Record<string, unknown>, Row>(
  (shape) => (param) => {
    const tier = (nearness: keyof typeof MOST_NAMES): RawBuilder<unknown> => sql`
      (select names.person_id, names.name, names.kind from names
        where name_vector(names.keys) @@ ${param(nearness)}::tsquery limit ${sql.lit(MOST_NAMES[nearness])})`;
    return sql`
      select p.id, p.name, found.name as bears, found.kind
        from (${tier('exact')} union ${tier('beginning')} union ${tier('sound')} union ${tier('near')} union ${tier('partly')}) as found
        cross join lateral (
          select people.* from people
           where people.id = (select member.canonical_id from people as member where member.id = found.person_id) offset 0) as p
       where p.purged_because is null ${shape.kind ? sql`and p.kind = any(${param('kind')}::text[])` : sql``}
         and ${shape.audience === 'public' ? isPublicPerson('p.id') : sql`true`}`;
  },
);
