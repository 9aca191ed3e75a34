/** What values are looked up in by key. */
export interface LookUp<V> {
  get(key: string): V | undefined;
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

/** A copy of a map, over another whose values count where both have one. */
export function over<V>(map: ReadonlyMap<string, V>, below: LookUp<V> | undefined): Map<string, V> {
  if (!below) return new Map(map);
  return new Over(
    [...map].map(([key, value]): [string, V] => [key, below.get(key) ?? value]),
    below,
  );
}
