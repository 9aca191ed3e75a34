import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { nameWords } from '../../lib/names.ts';
import type { SamePeople } from './report.ts';

/** Of pairs so many are told. */
const MOST_PAIRS = 1000;
const PAGE = 10_000;

/**
 * Of people just made (id → name), those whose name is, but for case, accents, script and the order of its parts, also
 * another's: among each other and on record. They are for a human to compare; nobody is merged.
 */
export async function findSamePeople(reader: Reader, made: ReadonlyMap<string, string>): Promise<SamePeople[]> {
  const pairs = new Map<string, SamePeople>();
  const byName = new Map<string, { id: string; name: string }[]>();
  const compare = (other: { id: string; name: string }) => {
    for (const one of byName.get(folded(other.name)) ?? []) {
      const [a, b] = [one.id, other.id].sort();
      if (a !== b && pairs.size < MOST_PAIRS && !pairs.has(`${a} ${b}`)) pairs.set(`${a} ${b}`, { ...one, other });
    }
  };
  for (const [id, name] of made) {
    compare({ id, name });
    byName.set(folded(name), [...(byName.get(folded(name)) ?? []), { id, name }]);
  }
  if (made.size === 0) return [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await page(reader, { after });
    for (const row of rows) if (!made.has(row.id)) compare({ id: row.id, name: row.name });
    if (rows.length < PAGE) return [...pairs.values()];
    after = rows.at(-1)!.name_id;
  }
}

const page = prepared<{ after: string }, { name_id: string; id: string; name: string }>(
  (param) => sql`
    select names.id as name_id, people.canonical_id as id, names.name
      from names join people on people.id = names.person_id
     where names.id > ${param('after')}::uuid and names.kind not in ('weak', 'misspelling')
     order by names.id limit ${sql.lit(PAGE)}`,
);

const folded = (name: string): string => nameWords(name).sort().join(' ');
