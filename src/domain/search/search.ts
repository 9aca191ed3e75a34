import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import type { JsonText } from '../../db/json.ts';
import { prepared, preparedByShape } from '../../db/prepared.ts';
import type { Database, Reader } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { parsePeriod } from '../../lib/dates.ts';
import { isId } from '../../lib/ids.ts';
import { saysName } from '../../lib/name-keys.ts';
import { nameWords } from '../../lib/names.ts';
import { searchTerms } from '../../lib/search-terms.ts';
import { lower, upper } from '../date-columns.ts';
import type { ListPage } from '../list-query.ts';
import type { Viewpoint } from '../read-record.ts';
import type { Audience } from '../visibility.ts';
import { commonnessOf } from './commonness.ts';
import { lookUpPeople, type NamedPerson } from './people-lookup.ts';
import { facetParts, facetsJson } from './search-facets.ts';
import { type HitsShape, hitsOf, MOST_HITS } from './search-hits.ts';
import { hitJson } from './search-json.ts';
import { type Segment, segmentsOf } from './snippet.ts';
import { otherSides, spellingOf, TERM } from './spellings.ts';

export interface SearchFilters {
  /** Words, "phrases", -not, OR. */
  q: string;
  type?: string[] | undefined;
  /** Id of whoever said it, for whom it was said, or whom it is about. */
  person?: string | undefined;
  /** Id of who published a source or a verdict. */
  publisher?: string | undefined;
  language?: string[] | undefined;
  /** EDTF, whole periods inclusive. */
  from?: string | undefined;
  to?: string | undefined;
  status?: string[] | undefined;
  anyStatus?: string[] | undefined;
  stance?: string[] | undefined;
  topic?: string[] | undefined;
}

export interface Found {
  items: JsonText<object[]>;
  facets: JsonText<object>;
  /** Whether every record that has the words was looked at, and so counted. */
  complete: boolean;
  last: string[] | null;
}

/**
 * Claims, statements, people and sources that have the words or, where these are somebody's name in any spelling, that are
 * by or about them; best first, with what they have in common counted. Throws `Invalid` where `q` only excludes.
 */
export function search(db: Database, page: ListPage<SearchFilters>, { instant, audience }: Viewpoint): Promise<Found> {
  const { q, ...filters } = page.filters;
  const terms = searchTerms(q);
  if (terms.excludesOnly) throw Invalid.at(['q'], 'says only what must not be found: add a word to look for');
  return at(db, instant, async (reader) => {
    const [{ named, meant }, sides] = await Promise.all([
      peopleAsked(reader, terms.plain, audience),
      otherSides(reader, terms.wanted, audience),
    ]);
    const spellings = meant.flatMap((person) => person.spellings);
    const others = [...sides.flat(), ...spellings];
    const wanted = [...terms.wanted, ...others];
    const { languages, claims } = await commonnessOf(reader, wanted);
    const period = parsePeriod(filters.from, filters.to);
    const given = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    const [score, type, id] = page.after ?? [];
    const { order, limit } = page;
    const [row] = await query(
      reader,
      { given: given.sort(), audience, order, limit, continued: page.after !== null, isCommon: claims > MOST_HITS },
      {
        ...filters,
        language: filters.language?.map((tag) => tag.toLowerCase().split('-')[0]),
        topicIds: filters.topic?.filter(isId),
        from: lower(period.from),
        to: upper(period.until),
        languages: filters.language ?? languages,
        wanted,
        unwanted: [
          ...terms.unwanted,
          ...sides.flatMap((side, place) => side.map(() => terms.unwanted[place]!)),
          ...spellings.map(() => ''),
        ],
        each: [...new Set([...terms.each, ...others.flatMap((other) => other.match(TERM) ?? [])])],
        namedIds: named.map((person) => person.id),
        namedScores: named.map((person) => person.score),
        meantIds: meant.map((person) => person.id),
        meantScores: meant.map((person) => person.score),
        afterScore: score,
        afterType: type,
        afterId: id,
      },
    );
    return { ...row!, items: withSnippets(row!.items) };
  });
}

interface Marked extends Record<string, unknown> {
  marked: string | null;
}

function withSnippets(items: JsonText<Marked[]>): JsonText<object[]> {
  const found = (JSON.parse(items) as Marked[]).map(({ marked, ...item }) => ({
    ...item,
    snippet: marked === null ? ([] as Segment[]) : segmentsOf(marked),
  }));
  return JSON.stringify(found);
}

/** Who has the name that was typed, and whose records are meant as well. */
async function peopleAsked(reader: Reader, typed: string, audience: Audience) {
  const named = typed ? await namedPeople(reader, typed, audience) : [];
  return { named, meant: await meantPeople(reader, typed, named) };
}

/** Who has a name that was typed. Words are typed whole here, so what only begins like one stands after what has the word. */
async function namedPeople(reader: Reader, typed: string, audience: Audience): Promise<NamedPerson[]> {
  const found = await lookUpPeople(reader, typed, { audience });
  return found.flatMap((person) => {
    const said = saysName(typed, person.bears);
    if (said === 'sounds') return [];
    return [said === 'spelt' ? person : { ...person, score: Number((person.score / 2).toFixed(4)) }];
  });
}

/** People whose statements are meant as well, with how their names write the words that were typed. */
const MOST_MEANT = 5;

/** Whose name, with all words typed whole and in their sound, is meant; a beginning or a slip finds the person alone. */
async function meantPeople(reader: Reader, typed: string, named: readonly NamedPerson[]) {
  const candidates = named.filter((person) => person.certain).slice(0, 4 * MOST_MEANT);
  if (candidates.length === 0) return [];
  const words = nameWords(typed);
  const rows = await namesOf(reader, { ids: candidates.map((person) => person.id) });
  const meant = candidates.flatMap(({ id, score }) => {
    const spellings = rows.filter((row) => row.id === id).flatMap(({ name }) => spellingOf(words, name) ?? []);
    return spellings.length ? [{ id, score, spellings: [...new Set(spellings)] }] : [];
  });
  return meant.slice(0, MOST_MEANT);
}

const namesOf = prepared<{ ids: string[] }, { id: string; name: string }>(
  (param) => sql`
    select member.canonical_id as id, names.name
      from people as member join names on names.person_id = member.id
     where member.canonical_id = any(${param('ids')}::uuid[]) and names.kind not in ('weak', 'misspelling')`,
);

interface Shape extends HitsShape {
  order: 'asc' | 'desc';
  limit: number;
  continued: boolean;
}

const query = preparedByShape<Shape, Record<string, unknown>, Found & { items: JsonText<Marked[]> }>(
  (shape) => (param) => {
    const way = shape.order === 'desc' ? sql`desc` : sql`asc`;
    const beyond = shape.order === 'desc' ? sql`<` : sql`>`;
    const after = sql`where (hits.score, hits.type, hits.id) ${beyond}
    (${param('afterScore')}::numeric, ${param('afterType')}::text, ${param('afterId')}::uuid)`;
    return sql`
    with ${hitsOf(shape, param)}, ${facetParts(shape.audience)},
    page as materialized (
      select hits.* from hits ${shape.continued ? after : sql``}
       order by hits.score ${way}, hits.type ${way}, hits.id ${way} limit ${sql.lit(shape.limit + 1)}),
    placed as materialized (
      select page.*, row_number() over (order by page.score ${way}, page.type ${way}, page.id ${way}) as n from page)
    select coalesce((select json_agg(${hitJson} order by s.n) from placed as s cross join asked where s.n <= ${sql.lit(shape.limit)}), '[]'::json)::text as items,
           ${facetsJson(shape.audience)}::text as facets,
           (select all_found.complete from all_found) as complete,
           (select array[s.score::text, s.type, s.id::text] from placed as s
             where s.n = ${sql.lit(shape.limit)} and exists (select from placed where placed.n > ${sql.lit(shape.limit)})) as last`;
  },
);
