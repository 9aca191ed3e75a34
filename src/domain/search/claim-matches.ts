import { sql } from 'kysely';
import { addressOf, type JsonText, jsonObject } from '../../db/json.ts';
import { preparedByShape, unseen } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { canonicalId } from '../people/person-json.ts';
import { membersOf, ourVerdict, type StandingVerdict, verdictsOn } from '../verdicts/verdict-json.ts';
import { type Audience, isVisible } from '../visibility.ts';
import type { State } from '../vocabulary.ts';
import { claimCandidates } from './claim-candidates.ts';
import { type Candidate, overlapsOf } from './match-overlap.ts';
import { likeliest, type Match, scored } from './match-score.ts';
import { countsOf, wantedOf } from './match-terms.ts';

/** Statements on a claim whose words are looked at, and verdicts: those by which it was found, and the first on record. */
const MOST_OTHERS = 2;

export interface MatchQuestion {
  text: string;
  /** Of the text, as a BCP 47 tag; else it is found out. */
  language?: string | undefined;
  /** Id of whoever said it, or whom it is about. */
  person?: string | undefined;
  limit: number;
}

/** A claim as it is shown beside others. */
interface Brief {
  id: string;
  slug: string;
  url: string;
  text: string;
  language: string;
  state: State;
  verdict: StandingVerdict;
  statementCount: number;
}

export interface Matches {
  match: Match;
  items: (Brief & { score: number; match: Match; words: { word: string; claims: number }[] })[];
}

/**
 * Claims on record that say what a text says, best first, each with why it was found; and whether the best of them does
 * say the same. Without a word that any claim has, the list is empty.
 */
export async function matchClaims(db: Database, asked: MatchQuestion, audience: Audience): Promise<Matches> {
  const wanted = await wantedOf(db, asked.text, { language: asked.language, audience });
  const found = await claimCandidates(db, wanted, audience);
  const candidates = await wordsOfClaims(
    db,
    { audience },
    {
      ids: found.map(({ id }) => id),
      statements: found.flatMap(({ statements }) => statements),
      person: asked.person ?? null,
    },
  );
  const likely = likeliest(overlapsOf(wanted, candidates), asked.limit);
  const counts = await countsOf(
    db,
    likely.flatMap(({ lexemes }) => lexemes),
  );
  const best = scored(wanted, likely, counts).slice(0, asked.limit);
  const shown = await briefClaims(db, { audience }, { ids: best.map(({ id }) => id) });
  const briefs = new Map(shown.map(({ id, json }) => [id, JSON.parse(json) as Brief]));
  return {
    match: best[0]?.match ?? 'none',
    items: best.map(({ id, score, match, words }) => ({
      ...briefs.get(id)!,
      score,
      match,
      words: words.map(({ word, claims }) => ({ word, claims: Math.max(1, claims) })),
    })),
  };
}

type Shape = { audience: Audience };

const wordsOfClaims = preparedByShape<Shape, { ids: string[]; statements: string[]; person: string | null }, Candidate>(
  ({ audience }) =>
    (param) =>
      sql`
    select s.id,
           text_vector(s.language, s.text)::text as words,
           (select coalesce(json_agg(text_vector(other.language, other.text)::text), '[]'::json)
              from ((select s.language, v.summary as text from ${verdictsOn(membersOf('s.id'))} and v.summary is not null
                      order by v.id limit ${sql.lit(MOST_OTHERS)})
                    union all
                    (select said.language, said.quote
                       from (select r.id, r.language, r.quote from positions as p join statements as r on r.id = p.statement_id
                              where p.claim_id = any(${membersOf('s.id')}) and r.quote is not null and ${isVisible('r', audience)}
                             offset 0) as said
                      order by said.id <> all(${param('statements')}::uuid[]), said.id limit ${sql.lit(MOST_OTHERS)})) as other) as others,
           ${param('person')}::uuid is not null and (
             exists (select from claim_people as cp where cp.claim_id = any(${membersOf('s.id')})
                        and ${canonicalId('cp.person_id')} = ${param('person')}::uuid)
             or exists (select from positions as p join statements as r on r.id = p.statement_id
                         where p.claim_id = any(${membersOf('s.id')}) and ${isVisible('r', audience)}
                           and ${canonicalId('r.person_id')} = ${param('person')}::uuid)) as "isOfPerson"
      from claims as s where s.id = any(${unseen(param('ids'), 'uuid[]')})`,
);

const briefClaims = preparedByShape<Shape, { ids: string[] }, { id: string; json: JsonText<Brief> }>(
  ({ audience }) =>
    (param) =>
      sql`
    select s.id, ${jsonObject({
      id: sql`s.id`,
      slug: sql`s.slug`,
      url: addressOf('claims', 's.slug'),
      text: sql`s.text`,
      language: sql`s.language`,
      state: sql`s.state`,
      verdict: ourVerdict(verdictsOn(membersOf('s.id'))),
      statementCount: sql`(select count(*) from positions as p join statements as r on r.id = p.statement_id
        where p.claim_id = any(${membersOf('s.id')}) and ${isVisible('r', audience)})`,
    })}::text as json
      from claims as s where s.id = any(${unseen(param('ids'), 'uuid[]')})`,
);
