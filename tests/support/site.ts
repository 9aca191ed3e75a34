import { afterAll, beforeAll } from '@jest/globals';
import pino from 'pino';
import request, { type Test } from 'supertest';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { change } from '../../src/db/change.ts';
import type { Role } from '../../src/db/types.ts';
import { createToken } from '../../src/domain/users/create-token.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { checkAnswer, type Document } from './check-answer.ts';
import { publicUrl, testDatabase } from './database.ts';

export type Method = 'get' | 'post' | 'patch' | 'head' | 'put' | 'delete' | 'options';

export const sessionSecret = 'a secret of at least thirty-two characters';

/** The whole application on a database of its own, and a token for each role. Every answer is held against the API's document. */
export function testSite(
  now: () => Date = () => new Date(),
  { env = {}, ...more }: Pick<AppOptions, 'readPage'> & { env?: Record<string, string> } = {},
) {
  const database = testDatabase();
  const tokens = {} as Record<Role, string>;
  let app: App;
  let document: Document;
  beforeAll(async () => {
    const config = {
      ...readConfig({ PUBLIC_URL: publicUrl, PUBLISHER_NAME: 'Record Check', ...env }),
      sessionSecret,
    };
    app = createApp({ db: database.db, config, now, log: pino({ level: process.env.TEST_LOG ?? 'silent' }), ...more });
    document = (await request(app).get('/api/v1/openapi.json')).body;
    for (const role of ['contributor', 'reviewer', 'editor', 'admin'] as const) tokens[role] = await tokenFor(role);
  });
  afterAll(() => app.close());

  async function tokenFor(role: Role): Promise<string> {
    const { token } = await change(database.db, { actor: operator, action: 'token.create' }, (tx) =>
      createToken(tx, { name: role, role, days: 1 }),
    );
    return token;
  }
  const call = (method: Method, path: string, role?: Role): Test => {
    const test = request(app)[method](path.startsWith('/') ? path : `/api/v1/${path}`);
    test.expect((response) => checkAnswer(response, document));
    return role ? test.set('authorization', `Bearer ${tokens[role]}`) : test;
  };
  /** The address of a record as the API gives it, on this app. */
  const local = (address: string): string => address.replace(publicUrl, '');

  return {
    get db() {
      return database.db;
    },
    get app() {
      return app;
    },
    url: database.url,
    tokens,
    tokenFor,
    call,
    local,
    get: (path: string, role?: Role) => call('get', path, role),
    post: (path: string, body: object, role: Role = 'editor') => call('post', path, role).send(body),
    patch: (path: string, body: object, etag: string, role: Role = 'editor') =>
      call('patch', path, role).set('if-match', etag).send(body),
  };
}

export type Site = ReturnType<typeof testSite>;
