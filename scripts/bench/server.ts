// One of the servers that a benchmark compares, in a process of its own: server.ts <kind> <database url>; prints its port.
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import express from 'express';
import pg from 'pg';
import pino from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { connect } from '../../src/db/connect.ts';
import type { Database } from '../../src/db/types.ts';
import { personTimeline } from '../../src/domain/people/person-timeline.ts';

export type Kind = keyof typeof kinds;

const PUBLIC_URL = 'http://localhost:3000';
const POOL = 10;

const kinds = {
  /** On Record as it is. */
  onrecord: (url: string) => onrecord(url, true),
  /** On Record, remembering no answers. */
  'onrecord-cold': (url: string) => onrecord(url, false),
  'bare-sql': bareSql,
  'bare-bytes': bareBytes,
  'bare-node': bareNode,
};

function onrecord(url: string, remember: boolean): RequestListener {
  const config = { ...readConfig({ PUBLIC_URL, LOG_LEVEL: 'silent' }), sessionSecret: 'x'.repeat(32) };
  const db = connect(url, { publicUrl: PUBLIC_URL, max: POOL });
  return createApp({ db, config, now: () => new Date(), log: pino({ level: 'silent' }), remember });
}

/** A bare Express route that runs the timeline's own SQL as a prepared statement and passes its text through. */
async function bareSql(url: string): Promise<RequestListener> {
  const { sql, parameters } = await timelineQuery();
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL,
    options: `-c default_transaction_read_only=on -c jit=off -c app.public_url=${PUBLIC_URL}`,
  });
  const app = express();
  app.get('/api/v1/people/:person/timeline', async (req, res) => {
    const values = parameters.map((value) => (value === REFERENCE ? req.params.person : value));
    const { rows } = await pool.query({ name: 'timeline', text: sql, values });
    res.setHeader('content-type', 'application/json; charset=utf-8');
    const body = Buffer.from(
      `{"person":${rows[0].person},"asOf":null,"items":${rows[0].items},"page":{"limit":20,"next":null}}`,
    );
    res.setHeader('content-length', body.length);
    res.end(body);
  });
  return app;
}

const REFERENCE = 'the-person-asked-for';

/** What a timeline sends to the database: caught on its way. */
async function timelineQuery(): Promise<{ sql: string; parameters: readonly unknown[] }> {
  let caught: { sql: string; parameters: readonly unknown[] } | undefined;
  const catcher = {
    async executeQuery(query: { sql: string; parameters: readonly unknown[] }) {
      caught = query;
      return { rows: [{ person: '{}', items: '[{}]', last: null }] };
    },
  } as unknown as Database;
  const page = { filters: {}, order: 'desc' as const, limit: 20, after: null };
  await personTimeline(catcher, REFERENCE, page, { instant: null, audience: 'public' });
  return caught!;
}

/** A bare Express route that sends from memory the bytes that On Record answers. */
async function bareBytes(url: string): Promise<RequestListener> {
  const answers = remembered(url);
  const app = express();
  app.disable('etag');
  app.get(
    ['/api/v1/people/:person/timeline', '/people/:person', '/claims/:claim', '/embed/claims/:claim'],
    async (req, res) => {
      const { body, headers } = await answers(req.originalUrl);
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      if (req.headers['if-none-match'] === headers.etag) return void res.status(304).end();
      res.setHeader('content-length', body.length);
      res.end(body);
    },
  );
  return app;
}

/** The limit: node:http sending the same bytes from memory. */
async function bareNode(url: string): Promise<RequestListener> {
  const answers = remembered(url);
  return (req, res) => {
    void answers(req.url!).then(({ body, headers }) => {
      if (req.headers['if-none-match'] === headers.etag) res.writeHead(304, headers).end();
      else res.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
    });
  };
}

interface Remembered {
  body: Buffer;
  headers: Record<string, string>;
}

/** Asks On Record once an address, compressed as all the benchmark's readers take it, then remembers. */
function remembered(url: string): (path: string) => Promise<Remembered> {
  const answers = new Map<string, Promise<Remembered>>();
  const origin = createServer(onrecord(url, false)).listen(0, '127.0.0.1');
  const ask = async (path: string): Promise<Remembered> => {
    const { port } = origin.address() as AddressInfo;
    const asked = get({ port, path, headers: { 'accept-encoding': 'gzip' } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const names = ['content-type', 'content-encoding', 'etag', 'vary'].filter((name) => name in answer.headers);
    return {
      body: await buffer(answer),
      headers: Object.fromEntries(names.map((n) => [n, String(answer.headers[n])])),
    };
  };
  return (path) => {
    const answer = answers.get(path) ?? ask(path);
    answers.set(path, answer);
    return answer;
  };
}

const [, , kind, url] = process.argv;
// Connections stay open as long as `onrecord serve` leaves them so.
const server = createServer({ keepAliveTimeout: 75_000 }, await kinds[kind as Kind](url!)).listen(
  0,
  '127.0.0.1',
  () => {
    console.log((server.address() as AddressInfo).port);
  },
);
