import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { LIKELY_SAME, nameSimilarity, nameWords, soundsOf } from '../../lib/names.ts';
import type { SamePeople } from './report.ts';

/** Of pairs so many are told. */
const MOST_PAIRS = 1000;
const PAGE = 10_000;

interface Named {
  id: string;
  name: string;
}

/**
 * Of people just made (id → name), those whose name is, but for case, accents, script, spelling by ear and the order of
 * its parts, also another's: among each other and on record. They are for a human to compare; nobody is merged.
 */
export async function findSamePeople(reader: Reader, made: ReadonlyMap<string, string>): Promise<SamePeople[]> {
  if (made.size === 0) return [];
  const pairs = new Map<string, SamePeople>();
  const bySound = new Map<string, Named[]>();
  const compare = (other: Named) => {
    for (const one of bySound.get(soundOf(other.name)) ?? []) {
      const pair = [one.id, other.id].sort().join(' ');
      if (one.id === other.id || pairs.has(pair) || pairs.size === MOST_PAIRS) continue;
      if (nameSimilarity(one.name, other.name) >= LIKELY_SAME) pairs.set(pair, { ...one, other });
    }
  };
  for (const [id, name] of made) {
    compare({ id, name });
    const sound = soundOf(name);
    bySound.set(sound, [...(bySound.get(sound) ?? []), { id, name }]);
  }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await page(reader, { after });
    for (const { id, name } of rows) if (!made.has(id)) compare({ id, name });
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

/** How the words of a name sound, in no order; of words in a script that has no sounds here, the words. */
function soundOf(name: string): string {
  const sounds = nameWords(name).map((word) => soundsOf(word)[0] || word);
  return sounds.sort().join(' ');
}
