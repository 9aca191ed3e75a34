/** A map over another one: what is not in it is looked up below. Going through it gives its own entries alone. */
class Over<K, V> extends Map<K, V> {
  readonly #below: ReadonlyMap<K, V>;

  constructor(own: Iterable<[K, V]>, below: ReadonlyMap<K, V>) {
    super(own);
    this.#below = below;
  }

  override get(key: K): V | undefined {
    return super.has(key) ? super.get(key) : this.#below.get(key);
  }

  override has(key: K): boolean {
    return super.has(key) || this.#below.has(key);
  }
}

/** A copy of a map, over another whose values count where both have one. */
export function over<K, V>(map: ReadonlyMap<K, V>, below: ReadonlyMap<K, V> | undefined): Map<K, V> {
  if (!below) return new Map(map);
  return new Over(
    [...map].map(([key, value]): [K, V] => [key, below.get(key) ?? value]),
    below,
  );
}
