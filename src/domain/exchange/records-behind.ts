import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { type Noun, type RecordForm, recordForms } from './record-form.ts';
import type { Scope } from './record-json.ts';
import { referencesOf } from './record-references.ts';
import { recordsWithIds } from './records.ts';

/** What a row of a list is about, by id. A claim named here comes with all that was said on it. */
export type About = Partial<Record<Noun, readonly string[]>>;

/** Records that are remembered as handed out; beyond, some are handed out again, of which an import takes one. */
const MOST_REMEMBERED = 200_000;

const ORDER = Object.keys(recordForms) as Noun[];

/** A record by noun and id. */
type Name = `${Noun} ${string}`;
const nounOf = (name: Name) => name.slice(0, name.indexOf(' ')) as Noun;
const idOf = (name: Name) => name.slice(name.indexOf(' ') + 1);
const nameOf = ({ noun, id }: { noun: Noun; id: string }): Name => `${noun} ${id}`;

/** A record in the exchange form, and what must come with it. */
interface Loaded {
  json: string;
  with: Name[];
}

/**
 * For the rows of a list, page by page: the records behind each, as JSON text in the exchange form, from which an import
 * makes the same rows. These are what the row is about, and all that was said on its claims; whatever these refer to; and
 * the findings on every claim and statement among them, so that nothing comes in as unchecked that is not. Each record
 * stands with the first row that needs it.
 */
export function recordsBehind(scope: Scope): (reader: Reader, rows: readonly About[]) => Promise<string[][]> {
  const handedOut = new Set<Name>();
  return async (reader, rows) => {
    if (handedOut.size > MOST_REMEMBERED) handedOut.clear();
    const said = await saidOn(reader, [...new Set(rows.flatMap(({ claim = [] }) => claim))]);
    const wanted = rows.map((row) => [
      ...(Object.entries(row) as [Noun, readonly string[]][]).flatMap(([noun, ids]) =>
        ids.map((id) => nameOf({ noun, id })),
      ),
      ...(row.claim ?? []).flatMap((id) => said.get(id) ?? []),
    ]);
    const loaded = await load(reader, scope, wanted.flat(), handedOut);
    return wanted.map((names) => handOut(names, loaded, handedOut));
  };
}

/** By claim: the claims merged with it, and the statements on all of these. */
async function saidOn(reader: Reader, claims: readonly string[]): Promise<Map<string, Name[]>> {
  const said = new Map<string, Name[]>();
  if (claims.length === 0) return said;
  for (const { claim, ...record } of await onClaims(reader, { claims }))
    said.set(claim, [...(said.get(claim) ?? []), nameOf(record)]);
  return said;
}

/** Reads these records, what they refer to, what that refers to, and so on, but for what was handed out. */
async function load(
  reader: Reader,
  scope: Scope,
  names: readonly Name[],
  handedOut: ReadonlySet<Name>,
): Promise<Map<Name, Loaded>> {
  const loaded = new Map<Name, Loaded>();
  const asked = new Set<Name>();
  for (let wanted = [...names]; wanted.length > 0; ) {
    const fresh = [...new Set(wanted)].filter((name) => !asked.has(name) && !handedOut.has(name));
    wanted = [];
    for (const name of fresh) asked.add(name);
    for (const noun of ORDER) {
      const ids = fresh.filter((name) => nounOf(name) === noun).map(idOf);
      if (ids.length === 0) continue;
      const attached = await attachedTo(reader, noun, ids);
      for (const { id, json } of await recordsWithIds(reader, noun, scope, ids)) {
        const needs = [...namesIn(JSON.parse(json) as RecordForm), ...(attached.get(id) ?? [])];
        loaded.set(nameOf({ noun, id }), { json, with: needs });
        wanted.push(...needs);
      }
    }
  }
  return loaded;
}

/** What a record refers to. Our own form names records by id alone. */
function namesIn(record: RecordForm): Name[] {
  return referencesOf(record).records.flatMap(({ noun, name }) => ('id' in name ? nameOf({ noun, id: name.id }) : []));
}

/** By id: the findings on a claim or statement, and those who were merged into a person. */
async function attachedTo(reader: Reader, noun: Noun, ids: readonly string[]): Promise<Map<string, Name[]>> {
  const attached = new Map<string, Name[]>();
  const query =
    noun === 'claim' ? verdictsOn : noun === 'statement' ? attributionsOf : noun === 'person' ? mergedInto : undefined;
  for (const { to, ...record } of (await query?.(reader, { ids })) ?? [])
    attached.set(to, [...(attached.get(to) ?? []), nameOf(record)]);
  return attached;
}

/** Those not handed out yet with all that comes with them, what is referred to first. */
function handOut(names: readonly Name[], loaded: ReadonlyMap<Name, Loaded>, handedOut: Set<Name>): string[] {
  const now = new Map<Name, string>();
  for (const open = [...names]; open.length > 0; ) {
    const name = open.pop()!;
    const record = loaded.get(name);
    if (!record || handedOut.has(name)) continue;
    handedOut.add(name);
    now.set(name, record.json);
    open.push(...record.with);
  }
  const place = (name: Name) => ORDER.indexOf(nounOf(name));
  return [...now].sort(([a], [b]) => place(a) - place(b) || (idOf(a) < idOf(b) ? -1 : 1)).map(([, json]) => json);
}

const onClaims = prepared<{ claims: readonly string[] }, { claim: string; noun: Noun; id: string }>(
  (param) => sql`
    with members as (
      select asked.id as claim, member.id
        from claims as asked join claims as member on member.canonical_id = asked.canonical_id
       where asked.id = any(${param('claims')}::uuid[]))
    select claim, 'claim' as noun, id from members
    union
    select claim, 'statement', p.statement_id from members join positions as p on p.claim_id = members.id
    order by noun, id`,
);

type Attached = { to: string; noun: Noun; id: string };
const verdictsOn = prepared<{ ids: readonly string[] }, Attached>(
  (param) =>
    sql`select claim_id as "to", 'verdict' as noun, id from verdicts where claim_id = any(${param('ids')}::uuid[])`,
);
const attributionsOf = prepared<{ ids: readonly string[] }, Attached>(
  (param) =>
    sql`select statement_id as "to", 'attribution' as noun, id from attributions where statement_id = any(${param('ids')}::uuid[])`,
);
const mergedInto = prepared<{ ids: readonly string[] }, Attached>(
  (param) =>
    sql`select canonical_id as "to", 'person' as noun, id from people where canonical_id = any(${param('ids')}::uuid[]) and id <> canonical_id`,
);
