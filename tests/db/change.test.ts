import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type pg from 'pg';
import { asOf } from '../../src/db/as-of.ts';
import { change, DOOR } from '../../src/db/change.ts';
import { connect } from '../../src/db/connect.ts';
import type { Writer } from '../../src/db/types.ts';
import { editPerson } from '../../src/domain/people/edit-person.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { newId } from '../../src/lib/ids.ts';
import { publicUrl, testDatabase } from '../support/database.ts';
import { acting, session } from './acting.ts';

const database = testDatabase();
const editor = acting(database);
const OUTSIDE = /outside of a change is refused/;
const RECORDED = /what was recorded stays recorded/;

const topic = (id: string) => sql`insert into topics (id, slug, name) values (${id}::uuid, ${`t-${id}`}, ${`T ${id}`})`;
const insertTopic = (id: string) => `insert into topics (id, slug, name) values ('${id}', 't-${id}', 'T ${id}')`;

/** What change() does, by hand; `write` then runs in that change. */
async function byHand(client: pg.Client, action: string, write: string, at = 'clock_timestamp()'): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`with change as (insert into changes (id, at, action) values ('${newId()}', ${at}, '${action}') returning id)
      select set_config('app.change_id', id::text, true) from change`);
    await client.query(write);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function rows(text: string): Promise<Record<string, unknown>[]> {
  return session(database.url, async (client) => (await client.query(text)).rows);
}

describe('a write from another program, such as psql', () => {
  beforeAll(async () => {
    await editor.addPerson({ name: 'Ada' });
    await editor.editPerson((await rows('select id from people'))[0]!.id as string, { description: 'Mathematician' });
  });

  const settings: Record<string, (client: pg.Client) => Promise<unknown>> = {
    'no change': async () => {},
    'an empty change id': (client) => client.query(`set app.change_id = ''`),
    'a guessed change id': (client) => client.query(`set app.change_id = '${randomUUID()}'`),
    'the id of a change that is over': (client) =>
      client.query(
        `select set_config('app.change_id', (select id::text from changes order by at desc limit 1), false)`,
      ),
  };
  for (const [name, set] of Object.entries(settings)) {
    it(`is refused with ${name}`, async () => {
      await session(database.url, async (client) => {
        await set(client);
        await expect(client.query(insertTopic(newId()))).rejects.toThrow(OUTSIDE);
        await expect(client.query(`update people set name = 'Eve'`)).rejects.toThrow(OUTSIDE);
        await expect(client.query(`update versions.people set name = 'Eve'`)).rejects.toThrow(/refused/);
        await expect(client.query('delete from names')).rejects.toThrow(OUTSIDE);
      });
    });
  }

  it('is refused with the id of a change that another transaction is making', async () => {
    await session(database.url, (other) =>
      change(database.db, { actor: operator, action: 'topic.add' }, async (tx) => {
        // The change is not committed, so the other session cannot even see it; its own committed one it may not use.
        await other.query(`set app.change_id = '${tx.change.id}'`);
        await expect(other.query(insertTopic(newId()))).rejects.toThrow(OUTSIDE);
        return tx.unchanged(undefined);
      }),
    );
  });

  it('is refused when it is no id at all, and in words that an operator understands', async () => {
    await session(database.url, async (client) => {
      await client.query(`set app.change_id = 'mine'`);
      await expect(client.query(insertTopic(newId()))).rejects.toThrow(/uuid/);
      await client.query('reset app.change_id');
      await expect(client.query(insertTopic(newId()))).rejects.toMatchObject({
        code: 'OR001',
        hint: expect.stringContaining('change()'),
      });
    });
  });

  it('passes in a change of its own transaction, and with a savepoint in it', async () => {
    const id = newId();
    await session(database.url, (client) =>
      byHand(client, 'topic.add', `savepoint s; ${insertTopic(id)}; release savepoint s`),
    );
    expect(await rows(`select name from topics where id = '${id}'`)).toEqual([{ name: `T ${id}` }]);
  });

  it('cannot empty a table: the current rows, their history, their parent, the changes or the slugs', async () => {
    const tables =
      await rows(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and (n.nspname in ('history', 'versions') or n.nspname = 'public' and exists (
        select from pg_inherits where inhrelid = c.oid) or c.oid in ('changes'::regclass, 'slugs'::regclass))`);
    expect(tables.length).toBeGreaterThan(40);
    await session(database.url, async (client) => {
      for (const { name } of tables) {
        await expect(client.query(`truncate ${name} cascade`)).rejects.toThrow(RECORDED);
        await expect(client.query(`truncate only ${name} cascade`)).rejects.toThrow(RECORDED);
      }
    });
  });

  it('cannot write the history, not even in a change, nor through the parent', async () => {
    const [old] = await rows('select count(*)::int as n from history.people');
    expect(old!.n).toBeGreaterThan(0);
    const writes = [
      `insert into history.topics (id, slug, name, change_id, sys_from, sys_until) values ('${newId()}', 't', 'T', '${newId()}', now() - interval '2 days', now())`,
      `update history.people set name = 'Eve'`,
      'delete from history.people',
      'delete from versions.people',
      `update versions.people set name = 'Eve'`,
    ];
    await session(database.url, async (client) => {
      for (const write of writes) {
        await expect(byHand(client, 'person.edit', write)).rejects.toThrow(RECORDED);
      }
      await expect(
        byHand(client, 'person.edit', `insert into versions.topics (id, slug, name) values ('${newId()}', 't', 'T')`),
      ).rejects.toThrow(/holds_no_rows/);
    });
    expect(await rows('select count(*)::int as n from history.people')).toEqual([old]);
  });

  it('cannot change a change or a slug, not even in a change; an erasure can only blank a reason', async () => {
    const writes = [
      `update changes set reason = 'none'`,
      'delete from changes',
      `update slugs set slug = 'eve'`,
      'delete from slugs',
    ];
    await session(database.url, async (client) => {
      for (const write of writes) {
        await expect(client.query(write)).rejects.toThrow(RECORDED);
        await expect(byHand(client, 'person.edit', write)).rejects.toThrow(RECORDED);
        await expect(byHand(client, 'record.purge', write)).rejects.toThrow(RECORDED);
      }
      await expect(byHand(client, 'record.purge', 'update changes set reason = null, at = now()')).rejects.toThrow(
        RECORDED,
      );
    });
  });
});

describe('a write through the pool', () => {
  it('is refused outside of change()', async () => {
    const readOnly = expect.objectContaining({ code: '25006' });
    const values = { id: newId(), slug: 'a', name: 'A' };
    await expect(database.db.insertInto('topics').values(values).execute()).rejects.toEqual(readOnly);
    await expect(
      database.db.transaction().execute((tx) => tx.insertInto('topics').values(values).execute()),
    ).rejects.toEqual(readOnly);
  });
});

describe('change()', () => {
  const make = <T>(write: (tx: Writer) => Promise<T>) => editor.act('topic.add', write);
  const count = async () => (await rows('select count(*)::int as n from changes'))[0]!.n as number;

  it('leaves no trace of an act that throws', async () => {
    const before = await count();
    const id = newId();
    await expect(
      make(async (tx) => {
        await topic(id).execute(tx);
        throw new Error('No');
      }),
    ).rejects.toThrow('No');
    expect(await count()).toBe(before);
    expect(await rows(`select from topics where id = '${id}'`)).toEqual([]);
  });

  it('records nothing of an act that changed nothing, and hands its result through', async () => {
    const before = await count();
    const id = newId();
    const result = await make(async (tx) => {
      await topic(id).execute(tx);
      return tx.unchanged('nothing');
    });
    expect(result).toBe('nothing');
    expect(await count()).toBe(before);
    expect(await rows(`select from topics where id = '${id}'`)).toEqual([]);
  });

  it('records who did what, why, and when', async () => {
    const reason = 'A correction';
    const seen = await change(database.db, { actor: operator, action: 'topic.add', reason }, async (tx) => {
      await topic(newId()).execute(tx);
      return tx.change;
    });
    const [row] =
      await rows(`select action, reason, actor_id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
      from changes where id = '${seen.id}'`);
    expect(row).toEqual({ action: 'topic.add', reason, actor_id: null, at: seen.at });
    expect(seen.at).toMatch(/\.\d{6}Z$/);
  });

  it('makes one version of a row written several times in one change', async () => {
    const id = newId();
    const first = await make(async (tx) => {
      await topic(id).execute(tx);
      await sql`update topics set name = 'Second ' || id where id = ${id}`.execute(tx);
      return tx.change.at;
    });
    expect(await rows(`select from history.topics where id = '${id}'`)).toEqual([]);
    const second = await make(async (tx) => {
      await sql`update topics set name = 'Third ' || id where id = ${id}`.execute(tx);
      await sql`update topics set name = 'Fourth ' || id where id = ${id}`.execute(tx);
      return tx.change.at;
    });
    const versions = await rows(`select split_part(name, ' ', 1) as name, to_json(sys_from at time zone 'UTC') as from,
      case when isfinite(sys_until) then to_json(sys_until at time zone 'UTC') end as until from versions.topics where id = '${id}' order by sys_from`);
    const plain = (stamp: string) => expect.stringContaining(stamp.slice(0, -1).replace(/0+$/, ''));
    expect(versions).toEqual([
      { name: 'Second', from: plain(first), until: plain(second) },
      { name: 'Fourth', from: plain(second), until: null },
    ]);
  });

  it('keeps a deleted row in the history, and no version of a row made and deleted in one change', async () => {
    const id = newId();
    await make((tx) => topic(id).execute(tx));
    await make((tx) => sql`delete from topics where id = ${id}`.execute(tx));
    expect(await rows(`select from topics where id = '${id}'`)).toEqual([]);
    expect(await rows(`select isfinite(sys_until) as past from versions.topics where id = '${id}'`)).toEqual([
      { past: true },
    ]);
    const brief = newId();
    await make(async (tx) => {
      await topic(brief).execute(tx);
      await sql`delete from topics where id = ${brief}`.execute(tx);
    });
    expect(await rows(`select from versions.topics where id = '${brief}'`)).toEqual([]);
  });

  it('can make a row anew after deleting it, with the same key, in one change', async () => {
    const id = newId();
    await make((tx) => topic(id).execute(tx));
    await make(async (tx) => {
      await sql`delete from topics where id = ${id}`.execute(tx);
      await topic(id).execute(tx);
    });
    expect(await rows(`select isfinite(sys_until) as past from versions.topics where id = '${id}' order by 1`)).toEqual(
      [{ past: false }, { past: true }],
    );
  });

  it('refuses a second editor who amends the version that the first amended', async () => {
    const id = await editor.addPerson({ name: 'Grace' });
    const edit = (description: string) => editor.act('person.edit', (tx) => editPerson(tx, id, 1, { description }));
    const outcomes = await Promise.allSettled([edit('one'), edit('two')]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')!.reason).toMatchObject({ code: 'person.stale' });
  });

  it('stamps in the order in which changes commit, with eight connections at once', async () => {
    // Each act reads what is committed before it: all of it, and nothing else, is stamped earlier.
    const stamps = await Promise.all(
      Array.from({ length: 80 }, () =>
        make(async (tx) => {
          await topic(newId()).execute(tx);
          const { rows } = await sql<{ last: string; seen: number }>`select count(*)::int as seen,
            to_char(max(at) filter (where id <> ${tx.change.id}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as last from changes`.execute(
            tx,
          );
          return { at: tx.change.at, ...rows[0]! };
        }),
      ),
    );
    const inOrder = stamps.sort((a, b) => a.seen - b.seen);
    expect(new Set(inOrder.map(({ at }) => at)).size).toBe(80);
    inOrder.slice(1).forEach(({ at, last }, index) => {
      expect(last).toBe(inOrder[index]!.at);
      expect(at > last).toBe(true);
    });
  });

  it('stamps later than the last change when the clock has gone back', async () => {
    await session(database.url, (client) =>
      byHand(client, 'topic.add', insertTopic(newId()), `clock_timestamp() + interval '2 seconds'`),
    );
    const stamps = [];
    for (let n = 0; n < 3; n++)
      stamps.push(
        await make((tx) =>
          topic(newId())
            .execute(tx)
            .then(() => tx.change.at),
        ),
      );
    const [{ ahead } = {}] = await rows(
      `select bool_and(at > clock_timestamp()) as ahead from (select at from changes order by at desc limit 3) as c`,
    );
    expect(ahead).toBe(true);
    const micros = stamps.map((stamp) => Number(stamp.slice(20, 26)) + 1_000_000 * Number(stamp.slice(17, 19)));
    expect(micros[1]! - micros[0]!).toBe(1);
    expect(micros[2]! - micros[1]!).toBe(1);
    expect(await rows(`select from history.topics where sys_until <= sys_from`)).toEqual([]);
  });

  it('sees what the changes before it wrote, whatever isolation the database defaults to', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await session(database.url, (client) =>
      client.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`),
    );
    const other = { db: connect(database.url, { publicUrl }) };
    try {
      const id = await editor.addPerson({ name: 'Linus' });
      const edits = Array.from({ length: 8 }, (_, n) =>
        change(other.db, { actor: operator, action: 'person.edit' }, async (tx) => {
          const { version } = await tx
            .selectFrom('people')
            .select('version')
            .where('id', '=', id)
            .executeTakeFirstOrThrow();
          await editPerson(tx, id, version, { description: `edit ${n}` });
        }),
      );
      await Promise.all(edits);
      expect(await rows(`select version from people where id = '${id}'`)).toEqual([{ version: 9 }]);
    } finally {
      await other.db.destroy();
      await session(database.url, (client) =>
        client.query(`alter database ${name} reset default_transaction_isolation`),
      );
    }
  });
});

describe('asOf()', () => {
  it('waits for a change that is still being written, however long ago it was stamped', async () => {
    const id = newId();
    const at = '2020-01-01T00:00:00Z';
    await session(database.url, async (client) => {
      // Nothing is stamped later than the instant asked about, so this change might yet count.
      const future = new Date(Date.now() + 60_000).toISOString();
      await client.query('begin');
      await client.query(`select pg_advisory_xact_lock(${DOOR})`);
      let answered = false;
      const answer = asOf(database.db, future, async (reader) => {
        answered = true;
        return reader.selectFrom('topics').select('id').where('id', '=', id).execute();
      });
      await client.query(`with change as (insert into changes (id, at, action) values ('${newId()}', clock_timestamp() + interval '10 seconds', 'topic.add') returning id)
        select set_config('app.change_id', id::text, true) from change`);
      await client.query(insertTopic(id));
      await client.query('select pg_sleep(0.2)');
      expect(answered).toBe(false);
      await client.query('commit');
      expect(await answer).toEqual([{ id }]);
    });
    // Of a time before the last change nothing can still come, so nobody waits for whoever holds the door.
    await session(database.url, async (client) => {
      await client.query('begin');
      await client.query(`select pg_advisory_xact_lock(${DOOR})`);
      expect(await asOf(database.db, at, (reader) => reader.selectFrom('topics').select('id').execute())).toEqual([]);
      await client.query('rollback');
    });
  });

  it('leaves no setting behind on the connection, whether the view answers or throws', async () => {
    const path = async () =>
      (
        await sql<{
          path: string;
          at: string | null;
        }>`select current_setting('search_path') as path, nullif(current_setting('app.as_of', true), '') as at`.execute(
          database.db,
        )
      ).rows[0];
    const before = await path();
    await asOf(database.db, '2020-01-01T00:00:00Z', async () => {});
    await expect(asOf(database.db, '2020-01-01T00:00:00Z', () => Promise.reject(new Error('No')))).rejects.toThrow(
      'No',
    );
    for (let n = 0; n < 12; n++) expect(await path()).toEqual(before);
  });
});
