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
import { isAsOf } from './as-of.ts';
import { PAST } from './preparing-client.ts';
import type { DB } from './tables.ts';
import type { Reader } from './types.ts';

/** Shapes of one query that are kept compiled. */
const MOST_SHAPES = 500;

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

/**
 * A value of a PostgreSQL type that the planner does not look into, so that one plan does for all: where it expects little
 * to be found by the value at hand, it may plan the query anew each time, which can take longer than to answer it.
 */
export const unseen = (value: RawBuilder<unknown>, type: string): RawBuilder<unknown> =>
  sql`(select ${value}::${sql.raw(type)})::${sql.raw(type)}`;

export type Param<P> = <K extends keyof P & string>(name: K) => RawBuilder<P[K]>;

/**
 * Compiles a query once; each execution sends only its name (see `PreparingClient`) and its values.
 * What decides the query's shape (which filters, which order, the limit) is decided in `build`; what is a value is a `param`.
 */
export function prepared<P extends Record<string, unknown>, R>(
  build: (param: Param<P>) => RawBuilder<R>,
): (reader: Reader, values: P) => Promise<R[]> {
  const param: Param<P> = (name) => sql`${new Placeholder(name)}`;
  let present: CompiledQuery<R> | undefined;
  let past: CompiledQuery<R> | undefined;
  return async (reader, values) => {
    present ??= build(param).compile(compiler);
    // The same words mean other tables under another search path, so they need a plan, and a name, of their own.
    past ??= { ...present, sql: `${present.sql} ${PAST}` };
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
      if (queries.size < MOST_SHAPES) queries.set(key, query);
    }
    return query(reader, values);
  };
}
