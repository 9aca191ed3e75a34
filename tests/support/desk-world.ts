import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';
import { sql } from 'kysely';
import request, { type Test } from 'supertest';
import { change } from '../../src/db/change.ts';
import type { Role } from '../../src/db/types.ts';
import { startSession } from '../../src/domain/users/start-session.ts';
import { newId } from '../../src/lib/ids.ts';
import { formToken } from '../../src/web/desk/forms.tsx';
import { aUser } from '../db/users.ts';
import { publicUrl } from './database.ts';
import type { Body } from './records.ts';
import { type Site, sessionSecret } from './site.ts';

/** Somebody at the desk: what their browser sends, and what is known of them beside. */
export interface Someone {
  id: string;
  cookie: string;
  form: string;
}

/** A row of the record as it is now, without what is about the row: `claims 0190…`. */
export type Rows = Map<string, { content: string; change: string }>;

/** People who work at the desk of a site, and what a test asks of its database beside what the desk tells. */
export function deskWorld(site: Site) {
  const db = () => site.db;
  // One server, as one for each request takes longer than the request.
  let server: Server;
  beforeAll(async () => {
    server = createServer(site.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close().closeAllConnections());

  /** Signs somebody in without a password, as hashing one takes longer than all the rest. */
  async function signIn(id: string): Promise<Someone> {
    const actor = { id, tokenId: null, roles: [] };
    const { secret } = await change(db(), { actor, action: 'session.start' }, (tx) =>
      startSession(tx, { agent: 'a test', previous: undefined }),
    );
    const [session] = await db()
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', id)
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    return { id, cookie: `onrecord-session=${secret}`, form: formToken(sessionSecret, session!.id) };
  }

  return {
    someone: async (name: string, ...roles: Role[]): Promise<Someone> => signIn((await aUser(db(), name, ...roles)).id),
    /** Who was signed out, by a change of roles. */
    async signInAgain(someone: Someone): Promise<void> {
      Object.assign(someone, await signIn(someone.id));
    },
    /** Sends a form of the desk. */
    post: (who: Someone, path: string, fields: Record<string, string> | [string, string][]): Test =>
      request(server)
        .post(path)
        .type('form')
        .set({ origin: publicUrl, cookie: who.cookie })
        .send(
          new URLSearchParams([
            ['form', who.form],
            ...(Array.isArray(fields) ? fields : Object.entries(fields)),
          ]).toString(),
        ),
    get: (who: Someone, path: string): Test => request(server).get(path).set({ cookie: who.cookie }),
    /** Asks the API by the session of the desk, as a script of its pages would. */
    api: (who: Someone, method: 'get' | 'post' | 'patch', path: string): Test =>
      request(server)[method](`/api/v1/${path}`).set({ origin: publicUrl, cookie: who.cookie }),
    newId,
    async claim(id: string): Promise<Body> {
      const { rows } =
        await sql`select c.id, c.state, c.version from claims as c join claims as m on m.canonical_id = c.id
        where m.id = ${id}::uuid`.execute(db());
      return rows[0];
    },
    verdictsOn: async (id: string): Promise<Body[]> =>
      (await sql`select id, version from verdicts where claim_id = ${id}::uuid order by id`.execute(db())).rows,
    /** What is proposed of one of these claims. */
    proposalsOf: async (ids: readonly string[]): Promise<Body[]> =>
      (
        await sql`select id, version, created_by, fields from proposals
          where record_id = any(${sql.val(ids)}::uuid[]) order by id`.execute(db())
      ).rows,
    /** The form that was kept last of somebody. */
    async latestForm(who: string): Promise<Body> {
      const { rows } = await sql`select id, version, fields from unsent_forms where user_id = ${who}::uuid
        order by kept_at desc limit 1`.execute(db());
      return rows[0];
    },
    statementsOn: async (id: string): Promise<Body[]> =>
      (
        await sql`select id, version from statements where state in ('draft', 'in_review')
          and id in (select statement_id from positions where claim_id = ${id}::uuid)`.execute(db())
      ).rows,
    /** Changes since a stamp, in their order. */
    async changesSince(at: string): Promise<{ id: string; at: string; actor: string | null; action: string }[]> {
      const { rows } = await sql<Body>`
        select id, at::text, actor_id as actor, action from changes where at > ${at}::timestamptz order by at`.execute(
        db(),
      );
      return rows;
    },
    async latestStamp(): Promise<string> {
      const { rows } = await sql<{ at: string }>`select max(at)::text as at from changes`.execute(db());
      return rows[0]!.at;
    },
    /** Every row of these claims, people and users, and of what belongs to them. */
    async rows(claims: readonly string[], people: readonly string[], users: readonly string[]): Promise<Rows> {
      const of = (table: string, where: string, ids: readonly string[]) =>
        sql`select ${sql.lit(table)} as of, to_jsonb(r) as row from ${sql.table(table)} as r where ${sql.ref(`r.${where}`)} = any(${sql.val(ids)}::uuid[])`;
      const said = sql`select 'statements' as of, to_jsonb(r) as row from statements as r
        where id in (select statement_id from positions where claim_id = any(${sql.val(claims)}::uuid[]))`;
      const cited = sql`select 'citations' as of, to_jsonb(r) as row from citations as r
        where verdict_id in (select id from verdicts where claim_id = any(${sql.val(claims)}::uuid[]))`;
      const { rows } = await sql<{ of: string; row: Body }>`
        ${of('claims', 'id', claims)} union all ${of('claim_topics', 'claim_id', claims)} union all ${of('verdicts', 'claim_id', claims)}
        union all ${of('positions', 'claim_id', claims)} union all ${of('proposals', 'record_id', claims)} union all ${said} union all ${cited}
        union all ${of('people', 'id', people)} union all ${of('names', 'person_id', people)} union all ${of('users', 'id', users)}
        union all select 'settings', to_jsonb(r) from settings as r`.execute(db());
      return new Map(
        rows.map(({ of: table, row: { change_id, sys_from, sys_until, ...content } }) => [
          `${table} ${content.id ?? `${content.claim_id ?? ''} ${content.topic_id ?? content.statement_id ?? ''}`}`,
          { content: JSON.stringify(content), change: change_id },
        ]),
      );
    },
    /** What is kept of the forms with these ids: the text typed, by id. */
    async keptForms(ids: readonly string[]): Promise<Map<string, string>> {
      const { rows } = await sql<{ id: string; fields: [string, string][] }>`
        select id, fields from unsent_forms where id = any(${sql.val(ids)}::uuid[])`.execute(db());
      return new Map(rows.map(({ id, fields }) => [id, new Map(fields).get('text') ?? '']));
    },
    /** Whether a row as it was is in the history of its table, until the stamp of this change. */
    async wasKept(table: string, content: string, change: string): Promise<boolean> {
      const { rows } =
        await sql`select from ${sql.table(`history.${table}`)} as h join changes on changes.at = h.sys_until
        where changes.id = ${change}::uuid and to_jsonb(h) - array['change_id', 'sys_from', 'sys_until'] = ${content}::jsonb`.execute(
          db(),
        );
      return rows.length === 1;
    },
    /** What is wrong with how versions are kept, in any table: periods that leave a gap or overlap, and stamps of no change. */
    async inconsistencies(): Promise<string[]> {
      const found: string[] = [];
      for (const table of ['claims', 'verdicts', 'statements', 'people', 'users', 'proposals']) {
        const { rows } = await sql<{ id: string; what: string }>`
          with version as (
            select id, change_id, sys_from, sys_until, lead(sys_from) over (partition by id order by sys_from) as next
              from ${sql.table(`versions.${table}`)})
          select id::text, 'a gap or an overlap' as what from version where next is not null and next <> sys_until
          union all select id::text, 'begun by no change' from version
            where not exists (select from changes where changes.id = version.change_id and changes.at = version.sys_from)
          union all select id::text, 'ended by no change' from version
            where sys_until < 'infinity' and not exists (select from changes where changes.at = version.sys_until)`.execute(
          db(),
        );
        found.push(...rows.map(({ id, what }) => `${table} ${id}: ${what}`));
      }
      return found;
    },
    fourEyesHold: async (): Promise<boolean> =>
      (await sql<{ hold: boolean }>`select four_eyes_hold() as hold`.execute(db())).rows[0]!.hold,
  };
}

export type DeskWorld = ReturnType<typeof deskWorld>;
