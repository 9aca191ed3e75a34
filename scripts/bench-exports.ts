// Rows a second and the peak of memory of each form of export, of the statements of a generated record.
// node scripts/run.mjs scripts/bench-exports.ts [statements] [folder to keep the record in]
import { latestInstant } from '../src/db/as-of.ts';
import { records } from '../src/domain/exchange/records.ts';
import { exportRows, formsOf } from '../src/web/api/export.ts';
import { routes } from '../src/web/api/router.ts';
import { openDatabase, openRecords } from './bench/records.ts';

const [statements = '100000', kept] = process.argv.slice(2);
const all = await openRecords(kept, console.error);
try {
  const { url } = await all.record(Number(statements));
  const db = openDatabase(url);
  const site = { db, publicUrl: 'http://localhost:3000', secret: 'x'.repeat(32), now: () => new Date() } as never;
  const call = {
    params: {},
    query: { order: 'desc' },
    audience: 'public',
    path: '/statements',
    instant: await latestInstant(db),
  } as never;
  for (const route of routes) {
    if (route.path !== '/statements' || !('read' in route)) continue;
    for (const form of formsOf(route)) {
      const { chunks, rows } = await exportRows(route, form, call, site);
      await report(form, chunks, rows);
    }
  }
  let count = 0;
  const lines = async function* () {
    for await (const batch of records(db, 'statement', 'published')) {
      count += batch.length;
      yield batch.join('\n');
    }
  };
  await report('dump', lines(), () => count);
  await db.destroy();
} finally {
  await all.close();
}

async function report(name: string, chunks: AsyncIterable<string | Uint8Array>, rows: () => number): Promise<void> {
  const begun = performance.now();
  let bytes = 0;
  let peak = 0;
  for await (const chunk of chunks) {
    bytes += Buffer.byteLength(chunk);
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - begun) / 1000;
  const mb = (size: number) => `${(size / 1e6).toFixed(1)} MB`;
  console.log(
    `${name.padEnd(12)} ${rows()} rows, ${Math.round(rows() / seconds)} rows/s, ${mb(bytes)}, rss at most ${mb(peak)}`,
  );
}
