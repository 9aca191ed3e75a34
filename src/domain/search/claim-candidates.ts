import { sql } from 'kysely';
import { preparedByShape, unseen } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { type Audience, isVisible } from '../visibility.ts';
import type { Wanted } from './match-terms.ts';
import { anyForm, rarest, weightOf } from './match-words.ts';

const MOST_CANDIDATES = 40;
/** Claims, and statements, that one word is looked for in: more have it only where words were not counted for long. */
const MOST_OF_A_WORD = { claims: 2000, statements: 250 } as const;

/** Ids of a claim and of the statements on it by which it was found. */
export interface Found {
  id: string;
  statements: string[];
}

/**
 * Claims that may say what a text says, 40 at most: those that have its rarest words, or on which a statement that has them
 * takes a position, by how much the words that they have tell.
 * Whatever else can tell such claims, as nearness of meaning, joins here: what it finds is ranked by the same rules.
 */
export async function claimCandidates(reader: Reader, wanted: Wanted, audience: Audience): Promise<Found[]> {
  const rare = rarest(wanted.terms);
  if (!rare.length) return [];
  const values = {
    words: rare.map(anyForm),
    weights: rare.map(({ claims }) => weightOf(claims, wanted.counted)),
  };
  return query(reader, { audience }, values);
}

const query = preparedByShape<{ audience: Audience }, { words: string[]; weights: number[] }, Found>(
  ({ audience }) =>
    (param) => {
      const wanted = sql`unnest(${unseen(param('words'), 'text[]')}, ${unseen(param('weights'), 'float8[]')}) as wanted (word, weight)`;
      return sql`
    with claims_found as (
      select found.id, sum(wanted.weight) as weight
        from ${wanted} cross join lateral (
          select s.id from claims as s
           where text_vector(s.language, s.text) @@ wanted.word::tsquery and ${isVisible('s', audience)}
           limit ${sql.lit(MOST_OF_A_WORD.claims)}) as found
       group by found.id order by weight desc, found.id limit ${sql.lit(MOST_CANDIDATES)}),
    statements_found as (
      select found.id, sum(wanted.weight) as weight
        from ${wanted} cross join lateral (
          select s.id from statements as s
           where text_vector(s.language, s.quote) @@ wanted.word::tsquery and s.quote is not null and ${isVisible('s', audience)}
           limit ${sql.lit(MOST_OF_A_WORD.statements)}) as found
       group by found.id order by weight desc, found.id limit ${sql.lit(MOST_CANDIDATES)})
    select claim.id, array_remove(array_agg(found.statement), null) as statements
      from (select claims_found.id, claims_found.weight, null::uuid as statement from claims_found
            union all
            select positions.claim_id, statements_found.weight, statements_found.id from statements_found
              join positions on positions.statement_id = statements_found.id) as found
      join claims as member on member.id = found.id join claims as claim on claim.id = member.canonical_id
     where ${isVisible('claim', audience)}
     group by claim.id order by max(found.weight) desc, claim.id limit ${sql.lit(MOST_CANDIDATES)}`;
    },
);
