import { sql } from 'kysely';
import { ratio, requestsPerSecond, serve } from './load.ts';
import { compared, ordinaryPeople } from './reads.ts';
import { type Filled, openDatabase } from './records.ts';

export type Addresses = (record: Filled, most: number) => Promise<string[]>;

/** The pages of ordinary people. */
export const personPages: Addresses = async (record, most) =>
  (await people(record, most)).map((slug) => `/people/${slug}`);

/** The pages of claims of no special kind. */
export const claimPages: Addresses = async ({ url }, most) => {
  const db = openDatabase(url);
  const { rows } = await sql<{ slug: string }>`
    select slug from (select slug, row_number() over (order by id) as n, count(*) over () as count from claims) as c
     where n % greatest(count / ${most}, 1) = 0 order by n limit ${most}`.execute(db);
  await db.destroy();
  return rows.map(({ slug }) => `/claims/${slug}`);
};

/** Requests/s of a remembered page, against the same bytes from the memory of a bare Express route. */
export const warmPage = (pages: Addresses) => async (record: Filled) =>
  compared(record, ['onrecord', 'bare-bytes'], { paths: await pages(record, 20), zipped: true });

/** As `warmPage`, of a reader who has it already. */
export const knownPage = (pages: Addresses) => async (record: Filled) =>
  compared(record, ['onrecord', 'bare-bytes'], { paths: await pages(record, 1), asKnown: true, zipped: true });

/** Requests/s of a page, nothing remembered, against those of a timeline as JSON. */
export const coldPage = (pages: Addresses) => async (record: Filled) => {
  const served = await serve('onrecord-cold', record.url);
  const load = { paths: await pages(record, 200) };
  const json = { paths: (await people(record, 200)).map((slug) => `/api/v1/people/${slug}/timeline`) };
  try {
    return await ratio(
      () => requestsPerSecond(served, load),
      () => requestsPerSecond(served, json),
    );
  } finally {
    await served.stop();
  }
};

async function people({ url }: Filled, most: number): Promise<string[]> {
  const db = openDatabase(url);
  const slugs = await ordinaryPeople(db, most);
  await db.destroy();
  return slugs;
}
