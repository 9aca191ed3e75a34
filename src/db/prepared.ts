import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import pg from 'pg';
import { isAsOf } from './as-of.ts';
import type { DB } from './tables.ts';
import type { Reader } from './types.ts';

/** Names that a server may hold per connection. Past it queries go unnamed: slower, never wrong. */
const MOST_NAMES = 500;

const names = new Map<string, string>();

/** A place in a compiled query that takes its value at execution. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const compiler = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export type Param<P> = <K extends keyof P & string>(name: K) => RawBuilder<P[K]>;

/**
 * Compiles a query once; each execution sends only its name and its values.
 * What decides the query's shape (which filters, which order, the limit) is decided in `build`; what is a value is a `param`.
 */
export function prepared<P extends Record<string, unknown>, R>(
  build: (param: Param<P>) => RawBuilder<R>,
): (reader: Reader, values: P) => Promise<R[]> {
  const param: Param<P> = (name) => sql`${new Placeholder(name)}`;
  let present: CompiledQuery<R> | undefined;
  let past: CompiledQuery<R> | undefined;
  return async (reader, values) => {
    present ??= named(build(param).compile(compiler));
    // The same words mean other tables under another search path, so they need a plan, and a name, of their own.
    past ??= named({ ...present, sql: `${present.sql} /* as of */` });
    const query = isAsOf(reader) ? past : present;
    const parameters = query.parameters.map((p) => (p instanceof Placeholder ? values[p.name] : p));
    return (await reader.executeQuery<R>({ ...query, parameters })).rows;
  };
}

/** One `prepared` query for each shape, made when first asked for. */
export function preparedByShape<S, P extends Record<string, unknown>, R>(
  build: (shape: S) => (param: Param<P>) => RawBuilder<R>,
): (reader: Reader, shape: S, values: P) => Promise<R[]> {
  const queries = new Map<string, ReturnType<typeof prepared<P, R>>>();
  return (reader, shape, values) => {
    const key = JSON.stringify(shape);
    let query = queries.get(key);
    if (!query) {
      query = prepared(build(shape));
      if (queries.size < MOST_NAMES) queries.set(key, query);
    }
    return query(reader, values);
  };
}

function named<Q extends { sql: string }>(query: Q): Q {
  if (!names.has(query.sql) && names.size < MOST_NAMES) names.set(query.sql, `q${names.size + 1}`);
  return query;
}

/** Sends the queries that have a name as prepared statements. Kysely's own driver knows only text. */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // The query under way is told when a connection breaks. Unheard, the event would also end the process.
    this.on('error', () => {});
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's ten overloads, passed on as they came
  override query(...args: any[]): any {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' ? names.get(text) : undefined;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const send = super.query as (...args: any[]) => any;
    const sent = name ? send.call(this, { name, text, values }, ...rest) : send.apply(this, args);
    if (sent instanceof Promise) sent.catch((error: Error) => this.#giveUpAfter(error));
    return sent;
  }

  /** A connection that did not answer in time may still be in somebody's transaction: nobody else may have it. */
  #giveUpAfter(error: Error): void {
    if (error.message !== 'Query read timeout') return;
    const { stream } = (this as unknown as { connection: { stream: { destroy(): void } } }).connection;
    stream.destroy();
  }
}
