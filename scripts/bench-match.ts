// Measures how well claims are matched: npm run bench:match -- <folder> [...] [--json].
// A folder holds claims.jsonl ({id, text, title?, language?}), and of each split SPLIT.queries.jsonl ({id, text,
// language?}) and SPLIT.gold.jsonl ({query_id, claim_id}); a query without a gold claim should be answered by none.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { program } from 'commander';
import { sql } from 'kysely';
import { connect } from '../src/db/connect.ts';
import { startEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import type { Database } from '../src/db/types.ts';
import { importFile } from '../src/domain/exchange/import-file.ts';
import { type Matches, matchClaims } from '../src/domain/search/claim-matches.ts';
import { operator } from '../src/domain/users/operator.ts';
import { readLines } from './convert/lines.ts';

program.argument('<folders...>').option('--json', 'one JSON line a split', false).parse();
const { json } = program.opts<{ json: boolean }>();
const us = { name: 'On Record', url: 'http://localhost:3000' };
const MOST_PLACES = 10;

interface Claim {
  id: string;
  text: string;
  title?: string | null;
  language?: string | null;
}
interface Query {
  id: string;
  text: string;
  language?: string | null;
}
interface Answered {
  match: Matches['match'];
  /** Whether each candidate, best first, is one of those that were to be found. */
  right: boolean[];
  /** How many were to be found. */
  gold: number;
}

for (const folder of program.args) await withDatabase((db) => measure(db, resolve(folder)));

async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-match-'));
  const server = await startEmbedded(folder);
  try {
    await migrate(server.url);
    const db = connect(server.url, { publicUrl: us.url, statementTimeout: 0 });
    await work(db);
    await db.destroy();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(db: Database, folder: string): Promise<void> {
  const claims = await load(db, await readLines<Claim>(join(folder, 'claims.jsonl')));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.queries.jsonl')).sort();
  for (const file of files) {
    const split = file.slice(0, -'.queries.jsonl'.length);
    const queries = await readLines<Query>(join(folder, file));
    const gold = await readGold(join(folder, `${split}.gold.jsonl`));
    const times: number[] = [];
    const answers: Answered[] = [];
    for (const { id, text, language } of queries) {
      const begun = performance.now();
      const { match, items } = await matchClaims(
        db,
        { text, language: language ?? undefined, limit: MOST_PLACES },
        'public',
      );
      times.push(performance.now() - begun);
      const wanted = gold.get(id) ?? new Set();
      answers.push({ match, right: items.map((item) => wanted.has(claims.get(item.id)!)), gold: wanted.size });
    }
    print(basename(folder), split, figuresOf(answers), times);
  }
}

/** Puts the claims on record by an import; of a title, as its checker's finding. Returns the key of each id. */
async function load(db: Database, claims: readonly Claim[]): Promise<Map<string, string>> {
  const lines = claims.flatMap(({ id, text, title, language }) => [
    { type: 'claim', key: id, text, language: language ?? 'en' },
    ...(title
      ? [
          {
            type: 'verdict',
            claim: { key: id },
            by: { name: 'A checker', kind: 'organization' },
            status: 'unverified',
            summary: [...title].slice(0, 2000).join(''),
            decidedAt: '2020',
          },
        ]
      : []),
  ]);
  const all = [...lines, { type: 'end', records: lines.length }].map((line) => `${JSON.stringify(line)}\n`);
  const { report } = await importFile(db, () => Readable.from(all.map((line) => Buffer.from(line))), {
    format: 'jsonl',
    actor: operator,
    us,
  });
  if (report.rows.refused) throw new Error(`Refused: ${JSON.stringify(report.refusals.slice(0, 3))}`);
  const { rows } = await sql<{ key: string; id: string }>`
    select key, record_id as id from import_keys where noun = 'claim'`.execute(db);
  return new Map(rows.map(({ key, id }) => [id, key]));
}

async function readGold(file: string): Promise<Map<string, Set<string>>> {
  const gold = new Map<string, Set<string>>();
  for (const { query_id, claim_id } of await readLines<{ query_id: string; claim_id: string }>(file)) {
    gold.set(query_id, (gold.get(query_id) ?? new Set()).add(claim_id));
  }
  return gold;
}

/** Ranks are judged over the queries for which there is something to find, `same` over all. */
function figuresOf(answers: readonly Answered[]) {
  const findable = answers.filter(({ gold }) => gold > 0);
  const mean = (of: (answer: Answered) => number) => findable.reduce((sum, one) => sum + of(one), 0) / findable.length;
  const found = ({ right }: Answered, most: number) => right.slice(0, most).filter(Boolean).length;
  const same = answers.filter(({ match }) => match === 'same');
  const rightly = same.filter(({ right }) => right[0]).length;
  return {
    'P@1': mean((one) => found(one, 1)),
    MRR: mean(({ right }) => (right.includes(true) ? 1 / (right.indexOf(true) + 1) : 0)),
    'MAP@5': mean((one) => averagePrecision(one, 5)),
    'R@5': mean((one) => found(one, 5) / one.gold),
    'R@10': mean((one) => found(one, 10) / one.gold),
    same: { precision: same.length ? rightly / same.length : 1, recall: rightly / findable.length },
  };
}

function averagePrecision({ right, gold }: Answered, most: number): number {
  let [hits, sum] = [0, 0];
  right.slice(0, most).forEach((isRight, place) => {
    if (isRight) sum += ++hits / (place + 1);
  });
  return sum / Math.min(most, gold);
}

function print(set: string, split: string, figures: ReturnType<typeof figuresOf>, times: number[]): void {
  const rounded = JSON.parse(JSON.stringify(figures), (_, value) =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value,
  ) as typeof figures;
  if (json) {
    console.log(JSON.stringify({ set, split, ...rounded }));
    return;
  }
  const { same, ...ranks } = rounded;
  const words = [...Object.entries(ranks), ['same precision', same.precision], ['same recall', same.recall]];
  const middle = times.toSorted((a, b) => a - b)[times.length >> 1]!;
  console.log(
    `${set} ${split}  ${words.map(([name, value]) => `${name} ${value}`).join('  ')}  (${middle.toFixed(1)} ms a query)`,
  );
}
