import { connectionBeside } from './connect.ts';
import type { Database } from './types.ts';

/** Claims that are read for counting; where there are more, a sample of so many. */
const SAMPLE = 200_000;
/** By how much the record may grow until an import has its words counted anew. */
const GROWTH = 1.1;

/**
 * Counts in how many published claims each word stands, for matching (`word_counts`). One server counts at a time; others leave it
 * at that. With `ifGrown`, nothing is counted while the record is about as large as it was at the last count.
 */
export async function countWords(db: Database, { ifGrown = false } = {}): Promise<void> {
  const client = connectionBeside(db);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ free: boolean; claims: string; counted: number | null }>(
      `select pg_try_advisory_xact_lock(hashtext('word_counts')) as free, (select count(*) from claims where state = 'published') as claims,
              (select claims from word_counts where word = '') as counted`,
    );
    const { free, claims, counted } = rows[0]!;
    const isGrown = Number(claims) > GROWTH * (counted ?? 0);
    if (free && (isGrown || !ifGrown)) await count(client, Number(claims));
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function count(client: ReturnType<typeof connectionBeside>, claims: number): Promise<void> {
  const share = Math.min(1, SAMPLE / Math.max(1, claims));
  const sample = share < 1 ? `tablesample system (${(100 * share).toFixed(4)})` : '';
  await client.query(
    `create temporary table counted on commit drop as
     select word, least(round(ndoc / $1::float8), $2::float8)::integer as claims
       from ts_stat('select text_vector(language, text) from claims ${sample} where state = ''published''') where ndoc > 1
     union all select '', $2::integer`,
    [share, claims],
  );
  await client.query(
    `insert into word_counts select * from counted
         on conflict (word) do update set claims = excluded.claims where word_counts.claims <> excluded.claims`,
  );
  await client.query(
    'delete from word_counts where not exists (select from counted where counted.word = word_counts.word)',
  );
}
