// Measures how well names are compared and looked up: npm run bench:names -- <file or folder> [...] [--json].
// A .csv file holds labelled pairs (schema, name1, name2, is_match), a .json file people with other names (Popolo).
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { program } from 'commander';
import { parse } from 'csv-parse/sync';
import { change } from '../src/db/change.ts';
import { connect } from '../src/db/connect.ts';
import { startEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import type { Database } from '../src/db/types.ts';
import { makePerson } from '../src/domain/people/make-person.ts';
import { lookUpPeople } from '../src/domain/search/people-lookup.ts';
import { operator } from '../src/domain/users/operator.ts';
import { nameSimilarity, nameWords } from '../src/lib/names.ts';

program.argument('<paths...>', 'files, or folders of them').option('--json', 'one JSON line a set', false).parse();
const { json } = program.opts<{ json: boolean }>();

const files = (await Promise.all(program.args.map(filesIn))).flat();
for (const file of files.filter((name) => name.endsWith('.csv'))) {
  const pairs = await labelledPairs(file);
  if (pairs.length) print(basename(file), bestThreshold(pairs));
}
const popolo = files.filter((name) => name.endsWith('.json'));
if (popolo.length) await lookUpAll(popolo);

async function filesIn(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  return (await readdir(path)).sort().map((name) => join(path, name));
}

interface Pair {
  similarity: number;
  same: boolean;
}

/** The pairs of people; of companies a name is compared by other rules. Files with other columns have none. */
async function labelledPairs(file: string): Promise<Pair[]> {
  const rows: Record<string, string>[] = parse(await readFile(file), { columns: true });
  return rows
    .filter((row) => row.schema === 'Person' && row.is_match && row.score === undefined)
    .map(({ name1, name2, is_match }) => ({ similarity: nameSimilarity(name1!, name2!), same: is_match === 'true' }));
}

/** F1 of "the same" where it is best, and what it is made of. */
function bestThreshold(pairs: Pair[]) {
  const sorted = pairs.toSorted((a, b) => b.similarity - a.similarity);
  const same = sorted.filter((pair) => pair.same).length;
  let right = 0;
  let best = { pairs: pairs.length, f1: 0, precision: 0, recall: 0, threshold: 1 };
  sorted.forEach((pair, index) => {
    if (pair.same) right++;
    if (sorted[index + 1]?.similarity === pair.similarity) return;
    const precision = right / (index + 1);
    const recall = right / same;
    const f1 = right ? (2 * precision * recall) / (precision + recall) : 0;
    if (f1 > best.f1) best = { pairs: pairs.length, f1, precision, recall, threshold: pair.similarity };
  });
  return best;
}

/** Puts the people of all files on record by one name each, and looks them up by all their others. */
async function lookUpAll(paths: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-names-'));
  const server = await startEmbedded(folder);
  try {
    await migrate(server.url);
    const db = connect(server.url, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
    const asked: Asked[] = [];
    for (const path of paths) asked.push(...(await addPeople(db, path)));
    const isLatin = ({ name }: Asked) => /^[\p{Script=Latin}\P{L}]*$/u.test(name);
    const scripts = asked.filter((one) => !isLatin(one));
    print('look-up: other spellings', await recall(db, asked.filter(isLatin)));
    print('look-up: other scripts', await recall(db, scripts));
    await db.destroy();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Asked {
  name: string;
  id: string;
}

interface PopoloPerson {
  name: string;
  other_names?: { name: string }[];
}

async function addPeople(db: Database, path: string): Promise<Asked[]> {
  const { persons = [] } = JSON.parse(await readFile(path, 'utf8')) as { persons?: PopoloPerson[] };
  return change(db, { actor: operator, action: 'person.add' }, async (tx) => {
    const asked: Asked[] = [];
    for (const { name, other_names = [] } of persons) {
      const id = await makePerson(tx, { name, kind: 'person' });
      // The same letters in another case, or with accents, would be no test.
      const known = nameWords(name).join(' ');
      const others = new Set(
        other_names.map((other) => other.name).filter((other) => nameWords(other).join(' ') !== known),
      );
      asked.push(...[...others].map((other) => ({ name: other, id })));
    }
    return asked;
  });
}

async function recall(db: Database, asked: Asked[]) {
  const places: number[] = [];
  const begun = performance.now();
  for (const { name, id } of asked)
    places.push((await lookUpPeople(db, name, { audience: 'desk' })).findIndex((found) => found.id === id));
  const within = (n: number) => places.filter((place) => place >= 0 && place < n).length / asked.length;
  return {
    names: asked.length,
    'recall@1': within(1),
    'recall@5': within(5),
    ms: (performance.now() - begun) / asked.length,
  };
}

function print(set: string, figures: Record<string, number>): void {
  const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]));
  if (json) console.log(JSON.stringify({ set, ...rounded }));
  else
    console.log(
      `${set.padEnd(26)} ${Object.entries(rounded)
        .map(([name, value]) => `${name} ${value}`)
        .join('  ')}`,
    );
}
