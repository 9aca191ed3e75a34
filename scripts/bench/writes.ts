import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { change, DOOR } from '../../src/db/change.ts';
import { createToken } from '../../src/domain/users/create-token.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { newId } from '../../src/lib/ids.ts';
import { exchange, open, ratio, serve } from './load.ts';
import { type Filled, openDatabase } from './records.ts';

const CLIENTS = 16;
const SECONDS = 3;

/** Claims acknowledged per second through the API, against the same rows by plain pg under the same lock. */
export async function writes({ url }: Filled): Promise<number> {
  const db = openDatabase(url);
  const { token } = await change(db, { actor: operator, action: 'token.create' }, (tx) =>
    createToken(tx, { name: 'bench', role: 'editor', days: 1 }),
  );
  await db.destroy();
  const served = await serve('onrecord', url);
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  try {
    return await ratio(
      () => perSecond(() => byApi(served.origin, token)),
      () => perSecond(() => () => byPg(pool)),
    );
  } finally {
    await pool.end();
    await served.stop();
  }
}

/** How often per second 16 clients write, each by a writer of its own. */
async function perSecond(client: () => () => Promise<void>): Promise<number> {
  const begun = performance.now();
  let done = 0;
  const run = async (write: () => Promise<void>) => {
    while (performance.now() - begun < SECONDS * 1000) {
      await write();
      done++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, () => run(client())));
  return (done / (performance.now() - begun)) * 1000;
}

let n = 0;
const words = () => `The council closed the bridge for ${n++} days ${newId()}`;

function byApi(origin: string, token: string): () => Promise<void> {
  const socket = open(origin);
  return async () => {
    const text = words();
    const body = JSON.stringify({
      text,
      language: 'en',
      statement: {
        person: 'person-7-x',
        quoteKind: 'verbatim',
        quote: text,
        language: 'en',
        saidOn: '2025-02-08',
        sources: [{ url: `https://paper.example.org/${newId()}`, role: 'primary' }],
      },
    });
    const { status } = await exchange(
      socket,
      `POST /api/v1/claims HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    if (!status.includes(' 201 ')) throw new Error(status);
  };
}

/** The rows that the API writes for such a claim, each by an insert of its own, with the history's triggers on. */
async function byPg(pool: pg.Pool): Promise<void> {
  const [changeId, claim, statement, source] = [newId(), newId(), newId(), newId()];
  const text = words();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [DOOR]);
    await client.query(
      `with change as (insert into changes (id, at, action) select $1::uuid, greatest(clock_timestamp(), max(at) + interval '1 microsecond'), 'bench.write' from changes returning id)
       select set_config('app.change_id', id::text, true) from change`,
      [changeId],
    );
    await client.query(`insert into slugs (noun, slug, record_id) values ('claim', $1, $2)`, [
      `claim-${claim}-y`,
      claim,
    ]);
    await client.query(
      `insert into claims (id, canonical_id, slug, text, language, kind, state) values ($1, $1, $2, $3, 'en', 'fact', 'published')`,
      [claim, `claim-${claim}-y`, text],
    );
    await client.query(
      `insert into statements (id, person_id, quote_kind, quote, language, original_language, said_on, said_from, said_until, said_order, said_text, state)
       values ($1, (select id from people where slug = 'person-7-x'), 'verbatim', $2, 'en', 'en', '2025-02-08', '2025-02-08', '2025-02-09', '2025-02-08', '8 February 2025', 'published')`,
      [statement, text],
    );
    await client.query('insert into sources (id, url, canonical_url) values ($1, $2, $2)', [
      source,
      `https://paper.example.org/${source}`,
    ]);
    await client.query(`insert into citations (id, source_id, statement_id, role) values ($1, $2, $3, 'primary')`, [
      newId(),
      source,
      statement,
    ]);
    await client.query(`insert into positions (id, statement_id, claim_id, stance) values ($1, $2, $3, 'asserts')`, [
      newId(),
      statement,
      claim,
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}
