import type { Actor } from '../../db/types.ts';
import { Invalid, NotFound, Unauthenticated, VersionRequired } from '../../errors.ts';
import { DateError, parseInstant } from '../../lib/dates.ts';
import type { Site } from '../site.ts';
import type { Call, Route } from './route.ts';

/** What a request asks for, as text. */
export interface Asked {
  params: Record<string, unknown>;
  query: Record<string, string>;
  path: string;
}

/** The input of a call, checked; `ifMatch` is the header's. */
export function readCall(
  route: Route,
  site: Site,
  asked: Asked,
  actor: Actor | null,
  ifMatch?: string,
): Call<unknown, unknown, undefined> {
  if (route.desk && !actor) throw new Unauthenticated();
  const query = parse(route.query, asked.query) as { asOf?: string };
  return {
    params: paramsOf(route, asked.params),
    query,
    body: undefined,
    actor,
    audience: actor ? 'desk' : 'public',
    instant: query.asOf === undefined ? null : instantOf(query.asOf, site.now()),
    expectedVersion: () => versionIn(ifMatch),
    path: asked.path,
  };
}

export function parse(schema: Route['params'], value: unknown): unknown {
  return schema.parse(value);
}

/** What the address names. A reference that cannot be one names no record. */
function paramsOf(route: Route, params: Record<string, unknown>): unknown {
  const { data, error } = route.params.safeParse({ ...params });
  const wrong = error?.issues[0]?.path[0];
  if (wrong === undefined) return data;
  const noun = wrong === 'id' ? route.path.replace(/^\/(\w+)s\/.*/, '$1') : String(wrong);
  throw new NotFound(noun, String(params[String(wrong)]));
}

function instantOf(asOf: string, now: Date): string {
  try {
    return parseInstant(asOf, now);
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    throw Invalid.at(['asOf'], error.detail);
  }
}

/** The version that If-Match names; the hash after it is not compared, as what stands around a record may change without it. */
function versionIn(header: string | undefined): number {
  const version = /^(?:W\/)?"(\d{1,9})(?:-[^"]*)?"$/.exec(header?.trim() ?? '')?.[1];
  if (version === undefined) throw new VersionRequired();
  return Number(version);
}
