import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Actor, Database, Writer } from '../../db/types.ts';
import type { Item, Table } from '../../domain/exchange/forms/table.ts';
import type { EventOf } from '../../domain/exchange/forms/timeline-js.ts';
import type { About } from '../../domain/exchange/records-behind.ts';
import type { Permission } from '../../domain/users/permissions.ts';
import type { Audience } from '../../domain/visibility.ts';
import type { Site } from '../site.ts';

/** One call, its input checked. */
export interface Call<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  actor: Actor | null;
  audience: Audience;
  /** As asked for by `asOf`; null is the present. */
  instant: string | null;
  /** The version named by If-Match. Throws `VersionRequired`. */
  expectedVersion(): number;
  /** The path asked for, with its parameters. */
  path: string;
}

/** What is answered: JSON text, and what goes into the header. */
export interface Answer {
  status?: 200 | 201 | 202;
  json: string;
  /** Of one record: it leads the ETag. */
  version?: number;
  location?: string;
  link?: string;
}

type Schema = z.ZodType;

interface Described<P extends Schema, Q extends Schema> {
  method: 'get' | 'post' | 'patch';
  /** As in OpenAPI, below /api/v1: `/people/{person}`. */
  path: string;
  summary: string;
  description?: string;
  params: P;
  query: Q;
  /** What is answered with, by status. */
  answers: Readonly<Record<number, Schema>>;
  /** Whether it is for those alone who work on the record, also where it only reads. */
  desk?: true;
}

/** How the rows of a list, or one record, come in other forms than JSON. Declared once, it gives all forms. */
export interface Exported extends Table {
  /** What a row is about: what must come with it for another record to show the same. */
  about: (item: Item) => About;
  /** Where rows have dates: what they are on a timeline. */
  event?: EventOf;
  /** Where schema.org has words for them: what it calls them. */
  nodes?: (
    items: readonly Item[],
    call: Pick<Call<unknown, unknown, unknown>, 'instant'>,
    site: Site,
  ) => Promise<readonly object[]>;
}

export interface Read<P extends Schema = Schema, Q extends Schema = Schema> extends Described<P, Q> {
  method: 'get';
  exported?: Exported;
  read(call: Call<z.output<P>, z.output<Q>, undefined>, site: Site): Promise<Answer>;
}

export interface Write<P extends Schema = Schema, B extends Schema = Schema, R = unknown> extends Described<P, Schema> {
  method: 'post' | 'patch';
  body: B;
  /** Where the body may be one of several, which one it means to be, so that errors speak of that one. */
  choose?: (body: unknown) => Schema;
  /** Noun and verb, as the act's file is named. */
  action: string;
  /** The write, in its transaction. */
  act(tx: Writer, call: Call<z.output<P>, unknown, z.output<B>>, site: Site): Promise<R>;
  /** The answer, read in the same transaction. */
  answer(result: R, call: Call<z.output<P>, unknown, z.output<B>>, site: Site & { db: Database }): Promise<Answer>;
}

/**
 * A write that is more than one act: what it does goes on beyond the request, in changes of its own. Where it takes a
 * file, that is a stream of any size, in place of a body.
 */
export interface Task<P extends Schema = Schema, Q extends Schema = Schema> extends Described<P, Q> {
  method: 'post';
  /** Media types of the file that it takes; none where it takes none. */
  takes: readonly string[];
  /** What it needs, checked before a file is read. */
  permission: Permission;
  perform(
    call: Call<z.output<P>, z.output<Q>, undefined> & { actor: Actor },
    site: Site,
    file: Readable,
  ): Promise<Answer>;
}

/** A read of which the question is too long for an address. Whoever may read may ask it; nothing is written. */
export interface Question<B extends Schema = Schema> extends Described<Schema, Schema> {
  method: 'post';
  body: B;
  reply(call: Call<unknown, unknown, z.output<B>>, site: Site): Promise<Answer>;
}

export type Route = Read | Write | Task | Question;

/** A read: the types of its input are those of its schemas. */
export function read<P extends Schema, Q extends Schema>(route: Omit<Read<P, Q>, 'method'>): Route {
  return { method: 'get', ...route } as unknown as Route;
}

/** A write: a POST adds, a PATCH amends the version named by If-Match. */
export function write<P extends Schema, B extends Schema, R>(
  route: Omit<Write<P, B, R>, 'query'> & { query: Schema },
): Route {
  return route as unknown as Route;
}

/** A write that goes on beyond the request. */
export function task<P extends Schema, Q extends Schema>(route: Omit<Task<P, Q>, 'method'>): Route {
  return { method: 'post', ...route } as unknown as Route;
}

/** A read by POST. */
export function question<B extends Schema>(route: Omit<Question<B>, 'method'>): Route {
  return { method: 'post', ...route } as unknown as Route;
}
