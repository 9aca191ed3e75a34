import { sql } from 'kysely';
import { arrayOf, insertMany } from '../../db/insert-many.ts';
import type { Writer } from '../../db/types.ts';
import { Problem } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { dateColumns } from '../date-columns.ts';
import { giveSlugs } from '../give-slug.ts';
import { demand } from '../users/permissions.ts';
import { type Batch, FILLED, newBatch, type Run } from './batch.ts';
import { foundOver } from './found.ts';
import { type Incoming, lookUp } from './on-record.ts';
import { type Noun, recordForms } from './record-form.ts';
import { label, storedKey } from './record-references.ts';
import { addRows } from './record-rows.ts';
import { absent, RefusedWithAnother } from './referred.ts';
import { announcePositions } from './statement-rows.ts';

export interface Written {
  made: Incoming[];
  /** Already there; of `changed` what was read the last time was something else. */
  present: Incoming[];
  changed: Incoming[];
  /** `follows`: only because of another record that was refused. */
  refused: { incoming: Incoming; reason: string; follows?: boolean }[];
  /** What refers to records that may still come. */
  waiting: Incoming[];
  /** All that was made, also people, topics and sources that were only named or described. */
  batch: Batch;
}

/**
 * Writes a batch of records, set by set, by the rules of the acts. What is there already stays as it is; what is refused,
 * and what depends on it, is left out with its reason. What refers to records that are neither there nor in the batch is
 * `waiting` or, where nothing more comes (`isLast`), refused.
 */
export async function writeRecords(
  tx: Writer,
  incoming: readonly Incoming[],
  run: Run,
  isLast: boolean,
): Promise<Written> {
  demand(tx, 'record.import');
  const known = await lookUp(tx, incoming, run);
  const { ids, contents } = foundOver(known, run.assumed);
  const { fresh, present, changed } = sort(incoming, ids, contents);
  const refused: Written['refused'] = [];
  const waiting = withoutUnresolved(fresh, ids, run, isLast, refused);
  let batch = newBatch(run, known, tx.change);
  for (let again = true; again; ) {
    batch = newBatch(run, known, tx.change);
    const wrong = build(batch, [...fresh.values()]);
    again = wrong.length > 0;
    for (const one of wrong) {
      fresh.delete(labelOf(one.incoming));
      run.refused.set(labelOf(one.incoming), one.reason);
      refused.push(one);
    }
    if (again) waiting.push(...withoutUnresolved(fresh, ids, run, isLast, refused));
  }
  await write(tx, batch, [...fresh.values()]);
  const made = [...fresh.values()].filter((one) => !batch.met.has(one));
  return { made, present: [...present, ...batch.met], changed, refused, waiting, batch };
}

const ORDER = Object.keys(recordForms) as Noun[];
const labelOf = ({ record, name }: Incoming) => label(record.type, name);

/** Records, those that are referred to before those that refer to them. */
export function inOrder(records: readonly Incoming[]): Incoming[] {
  return [...records].sort((a, b) => ORDER.indexOf(a.record.type) - ORDER.indexOf(b.record.type));
}

/** What is new, in the order of nouns, and what is there already; a second record of one name counts as there. */
function sort(incoming: readonly Incoming[], ids: ReadonlyMap<string, string>, contents: ReadonlyMap<string, Buffer>) {
  const fresh = new Map<string, Incoming>();
  const present: Incoming[] = [];
  const changed: Incoming[] = [];
  for (const one of inOrder(incoming)) {
    const it = labelOf(one);
    const before = contents.get(it) ?? fresh.get(it)?.content;
    if (!ids.has(it) && !fresh.has(it)) fresh.set(it, one);
    else {
      present.push(one);
      if (before && !before.equals(one.content)) changed.push(one);
    }
  }
  return { fresh, present, changed };
}

/** Takes out what refers to records that are not there, and what refers to these, and so on. */
function withoutUnresolved(
  fresh: Map<string, Incoming>,
  ids: ReadonlyMap<string, string>,
  run: Run,
  isLast: boolean,
  refused: Written['refused'],
): Incoming[] {
  const waiting: Incoming[] = [];
  for (let again = true; again; ) {
    again = false;
    for (const [it, incoming] of fresh) {
      const missing = incoming.references.records.find(({ noun, name }) => {
        const other = label(noun, name);
        return !ids.has(other) && !fresh.has(other);
      });
      if (!missing) continue;
      again = true;
      fresh.delete(it);
      const because = run.refused.get(label(missing.noun, missing.name));
      if (because === undefined && !isLast) {
        waiting.push(incoming);
        continue;
      }
      const reason = `/${missing.path.join('/')}: ${absent(missing.noun, missing.name)}${because ? ` (${because})` : ''}`;
      run.refused.set(it, reason);
      refused.push({ incoming, reason, follows: because !== undefined });
    }
  }
  return waiting;
}

function build(batch: Batch, records: readonly Incoming[]): Written['refused'] {
  for (const one of records) batch.found.ids.set(labelOf(one), 'id' in one.name ? one.name.id : newId());
  const wrong: Written['refused'] = [];
  const attempt = (incoming: Incoming, work: (id: string) => void) => {
    try {
      work(batch.found.ids.get(labelOf(incoming))!);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // What it refers to is refused in this very batch, and takes it along.
      if (!(error instanceof RefusedWithAnother)) wrong.push({ incoming, reason: error.message });
      batch.found.ids.delete(labelOf(incoming));
    }
  };
  const statements = records.filter(({ record }) => record.type === 'statement');
  const before = records.filter(({ record }) => ORDER.indexOf(record.type) < ORDER.indexOf('statement'));
  const after = records.filter(({ record }) => ORDER.indexOf(record.type) > ORDER.indexOf('statement'));
  const add = (incoming: Incoming) =>
    attempt(incoming, (id) => {
      const written = addRows(batch, id, incoming.record);
      batch.found.ids.set(labelOf(incoming), written);
      if (written !== id) batch.met.add(incoming);
    });
  before.forEach(add);
  for (const one of statements)
    attempt(one, (id) => one.record.type === 'statement' && announcePositions(batch, id, one.record));
  statements.filter((one) => batch.found.ids.has(labelOf(one))).forEach(add);
  after.forEach(add);
  return wrong;
}

async function write(tx: Writer, batch: Batch, records: readonly Incoming[]): Promise<void> {
  for (const noun of ['person', 'claim', 'topic'] as const) {
    const made = batch.slugs[noun];
    if (made.length === 0) continue;
    const given = await giveSlugs(
      tx,
      noun,
      made.map(({ row, ...words }) => ({ id: row.id as string, ...words })),
      batch.run.numbers,
    );
    made.forEach(({ row }, index) => {
      row.slug = given[index];
    });
  }
  for (const table of FILLED) await insertMany(tx, table, batch.rows[table]);
  await fillSources(tx, batch);
  await keepKeys(tx, batch, records);
}

async function fillSources(tx: Writer, { filledSources }: Batch): Promise<void> {
  const sources = [...filledSources.values()];
  if (sources.length === 0) return;
  const columns = ['title', 'publisher_id', 'author', 'language', 'archived_url', 'archived_hash'] as const;
  const dates = sources.map(({ published_on }) => dateColumns('published', published_on));
  await sql`
    update sources set version = sources.version + 1,
      (title, publisher_id, author, language, archived_url, archived_hash, published_on, published_from, published_until, published_text)
        = (f.title, f.publisher_id, f.author, f.language, f.archived_url, f.archived_hash, f.published_on, f.published_from, f.published_until, f.published_text)
      from unnest(${arrayOf(
        sources.map(({ id }) => id),
        'uuid',
      )},
        ${sql.join(
          columns.map((column) =>
            arrayOf(
              sources.map((one) => one[column]),
              column === 'publisher_id' ? 'uuid' : 'text',
            ),
          ),
        )},
        ${sql.join(
          (['published_on', 'published_from', 'published_until', 'published_text'] as const).map((column) =>
            arrayOf(
              dates.map((date) => date[column]),
              /from|until/.test(column) ? 'timestamp' : 'text',
            ),
          ),
        )})
        as f (id, title, publisher_id, author, language, archived_url, archived_hash, published_on, published_from, published_until, published_text)
     where sources.id = f.id`.execute(tx);
}

/** Which record each key made or met; of a record with an id only where it was met under another. */
async function keepKeys(tx: Writer, batch: Batch, records: readonly Incoming[]): Promise<void> {
  const rows = records.flatMap((incoming) => {
    const { record, name, content } = incoming;
    if ('id' in name && !batch.met.has(incoming)) return [];
    return {
      scheme: 'id' in name ? 'id' : batch.run.scheme,
      noun: record.type,
      key: 'id' in name ? name.id : storedKey(name.key),
      record_id: batch.found.ids.get(labelOf(incoming)),
      content,
      import_id: batch.run.importId,
    };
  });
  await insertMany(tx, 'import_keys', rows);
}
