import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Slots at first; a power of two, as it always is. */
const FEWEST = 1 << 12;
/** Of the slots so many are filled before there are twice as many. */
const FULL = 0.7;
const LENGTH_BYTES = 4;
const LARGEST_FILE = 2 ** 32 - 1;

/**
 * Values by key in a temporary file, for more of them than memory should hold: there they take some twelve bytes each. What
 * is set again takes new room. Values are what `structuredClone` takes, and each reading gives a copy. Close it in the end.
 */
export class DiskMap {
  readonly #folder = mkdtempSync(join(tmpdir(), 'onrecord-map-'));
  readonly #file = openSync(join(this.#folder, 'values'), 'wx+', 0o600);
  /** Where the next value goes; nothing lies at 0, which says that a slot is free. */
  #end = 1;
  #count = 0;
  /** By slot: the hash of the key, and where key and value lie in the file. Who finds a slot taken looks at the next. */
  #hashes = new Uint32Array(FEWEST);
  #places = new Uint32Array(FEWEST);

  get(key: string): unknown {
    return this.#find(key)?.value;
  }

  /** Sets many at once, in one write. */
  setAll(entries: Iterable<readonly [string, unknown]>): void {
    const parts: Buffer[] = [];
    let place = this.#end;
    const places: [string, number][] = [];
    for (const [key, value] of entries) {
      const bytes = serialize([key, value]);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(bytes.length);
      parts.push(length, bytes);
      places.push([key, place]);
      place += LENGTH_BYTES + bytes.length;
    }
    if (place > LARGEST_FILE) throw new Error('There is more to remember than a dry run can: import without one.');
    writeSync(this.#file, Buffer.concat(parts), 0, place - this.#end, this.#end);
    this.#end = place;
    for (const [key, at] of places) this.#point(key, at);
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #point(key: string, place: number): void {
    const found = this.#find(key);
    if (found) {
      this.#places[found.slot] = place;
      return;
    }
    if (++this.#count > this.#places.length * FULL) this.#grow();
    this.#take(hashOf(key), place);
  }

  #find(key: string): { slot: number; value: unknown } | undefined {
    const hash = hashOf(key);
    const last = this.#places.length - 1;
    for (let slot = hash & last; this.#places[slot] !== 0; slot = (slot + 1) & last) {
      if (this.#hashes[slot] !== hash) continue;
      const [stored, value] = this.#read(this.#places[slot]!);
      if (stored === key) return { slot, value };
    }
    return undefined;
  }

  #take(hash: number, place: number): void {
    const last = this.#places.length - 1;
    let slot = hash & last;
    while (this.#places[slot] !== 0) slot = (slot + 1) & last;
    this.#hashes[slot] = hash;
    this.#places[slot] = place;
  }

  #grow(): void {
    const [hashes, places] = [this.#hashes, this.#places];
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#places = new Uint32Array(hashes.length * 2);
    for (const [slot, place] of places.entries()) if (place !== 0) this.#take(hashes[slot]!, place);
  }

  #read(place: number): [string, unknown] {
    const length = Buffer.alloc(LENGTH_BYTES);
    readSync(this.#file, length, 0, LENGTH_BYTES, place);
    const bytes = Buffer.alloc(length.readUInt32LE());
    readSync(this.#file, bytes, 0, bytes.length, place + LENGTH_BYTES);
    return deserialize(bytes) as [string, unknown];
  }
}

/** FNV-1a, 32 bits, of the UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
