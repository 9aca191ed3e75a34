import type { DiskMap } from '../../lib/disk-map.ts';
import type { OnRecord } from './on-record.ts';

/** What is found by name, id or address. */
export type Found = Omit<OnRecord, 'slugs'>;

export const nothingFound = (): Found => ({
  ids: new Map(),
  contents: new Map(),
  bearers: new Map(),
  externals: new Map(),
  keyed: new Map(),
  topics: new Map(),
  sources: new Map(),
  roles: new Map(),
  kinds: new Map(),
  positions: new Map(),
});

/** Copies of what was looked up, to add to; in a dry run over what earlier batches would have made. */
export function foundOver(known: OnRecord, assumed: DiskMap | undefined): Found {
  const { slugs: _, ...maps } = known;
  return Object.fromEntries(
    Object.entries(maps).map(([what, map]) => [
      what,
      over(map as Map<string, unknown>, assumed && { get: (key) => assumed.get(`${what} ${key}`) }),
    ]),
  ) as unknown as Found;
}

/** Keeps what a batch of a dry run found and would have made, for those that come. */
export function assume(assumed: DiskMap, found: Found): void {
  for (const [what, map] of Object.entries(found) as [keyof Found, Map<string, unknown>][])
    assumed.setAll([...map].map(([key, value]) => [`${what} ${key}`, value]));
}

/** What values are looked up in by key. */
interface LookUp<V> {
  get(key: string): V | undefined;
}

/** A copy of a map, over another whose values count where both have one. */
function over<V>(map: ReadonlyMap<string, V>, below: LookUp<V> | undefined): Map<string, V> {
  if (!below) return new Map(map);
  return new Over(
    [...map].map(([key, value]): [string, V] => [key, below.get(key) ?? value]),
    below,
  );
}

/** A map over another one: what is not in it is looked up below. Going through it gives its own entries alone. */
class Over<V> extends Map<string, V> {
  readonly #below: LookUp<V>;

  constructor(own: Iterable<[string, V]>, below: LookUp<V>) {
    super(own);
    this.#below = below;
  }

  override get(key: string): V | undefined {
    return super.has(key) ? super.get(key) : this.#below.get(key);
  }

  override has(key: string): boolean {
    return super.has(key) || this.#below.get(key) !== undefined;
  }
}
