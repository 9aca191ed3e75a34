import { sql } from 'kysely';
import type { Place } from '../../db/page.ts';
import type { Reader } from '../../db/types.ts';
import { Gone, NotFound } from '../../errors.ts';
import type { Noun } from '../nouns.ts';
import { recordVersions, type Version } from './record-versions.ts';
import { type Difference, differencesAt, idsIn, labelled } from './rules.ts';

/** What one change did to a record. */
export interface HistoryEntry {
  change: string;
  at: string;
  action: string;
  reason: string | null;
  /** Who made it; null is whoever ran the program at its command line. */
  by: { id: string; name: string; kind: 'person' | 'service' } | null;
  /** Who proposed what was accepted by it. */
  proposedBy: { id: string; name: string }[];
  fields: Difference[];
}

/** Who changed what of a record, when and why, newest first. Throws `NotFound`, `Gone`. */
export async function recordHistory(
  db: Reader,
  noun: Noun,
  id: string,
  { limit, after }: { limit: number; after: Place | null },
): Promise<{ items: HistoryEntry[]; last: string[] | null }> {
  const versions = await recordVersions(db, noun, id);
  const record = versions.filter(({ part }) => part === 'record').at(-1)?.row;
  if (!record) throw new NotFound(noun, id);
  if (record.purged_because) throw Gone.purged(noun, String(record.purged_because));

  const stamps = [...new Set(versions.flatMap(({ from, until }) => (until ? [from, until] : [from])))]
    .filter((stamp) => !after || stamp < after[0]!)
    .sort()
    .reverse();
  const shown = stamps.slice(0, limit);
  const [changes, labels] = await Promise.all([changesAt(db, id, shown), labelsOf(db, versions)]);
  const items = shown.map((at) => ({
    ...changes.get(at)!,
    fields: differencesAt(versions, noun, at).map((difference) => labelled(difference, labels)),
  }));
  return { items, last: stamps.length > limit ? [shown.at(-1)!] : null };
}

async function changesAt(db: Reader, id: string, stamps: string[]): Promise<Map<string, Omit<HistoryEntry, 'fields'>>> {
  const query = sql<Omit<HistoryEntry, 'fields'>>`
    select c.id as change, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, c.action, c.reason,
           case when u.id is not null then json_build_object('id', u.id, 'name', u.name, 'kind', u.kind) end as by,
           array(select json_build_object('id', w.id, 'name', w.name) from history.proposals as p
                   join users as w on w.id in (select proposed_by(p.id))
                  where p.record_id = ${id}::uuid and p.sys_until = c.at order by w.name, w.id) as "proposedBy"
      from changes as c left join users as u on u.id = c.actor_id
     where c.at = any(${stamps}::timestamptz[])`;
  const { rows } = await db.executeQuery(query.compile(db));
  return new Map(rows.map((row) => [row.at, row]));
}

/** How whatever the versions refer to is called today. */
async function labelsOf(db: Reader, versions: readonly Version[]): Promise<Map<string, string>> {
  const ids = idsIn(versions);
  const names = {
    people: 'name',
    claims: 'text',
    topics: 'name',
    statements: 'quote',
    roles: 'title',
    users: 'name',
    sources: "coalesce(title, url, (select name from people where people.id = publisher_id), '')",
    verdicts: 'summary',
  };
  const each = Object.entries(names).map(
    ([table, name]) =>
      sql`select id, ${sql.raw(name)} as label from ${sql.table(table)} where id = any(${ids}::uuid[])`,
  );
  const query = sql<{ id: string; label: string | null }>`${sql.join(each, sql` union all `)}`;
  const { rows } = await db.executeQuery(query.compile(db));
  return new Map(rows.flatMap(({ id, label }) => (label === null ? [] : [[id, label]])));
}
