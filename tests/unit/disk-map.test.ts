import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DiskMap } from '../../src/lib/disk-map.ts';

const opened: DiskMap[] = [];
const open = (): DiskMap => {
  const map = new DiskMap();
  opened.push(map);
  return map;
};
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('onrecord-map-'));

afterEach(() => {
  for (const map of opened.splice(0)) map.close();
});

describe('a map on disk', () => {
  it('finds what a map in memory finds, whatever is set and set again', () => {
    const entries = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.jsonValue()), { maxLength: 50 });
    fc.assert(
      fc.property(fc.array(entries), fc.array(fc.string({ maxLength: 3 })), (batches, asked) => {
        const [onDisk, inMemory] = [open(), new Map<string, unknown>()];
        for (const batch of batches) {
          onDisk.setAll(batch);
          for (const [key, value] of batch) inMemory.set(key, value);
        }
        for (const key of [...inMemory.keys(), ...asked]) expect(onDisk.get(key)).toEqual(inMemory.get(key));
        opened.pop()!.close();
      }),
      { numRuns: 50 },
    );
  });

  it('holds many, also keys of the same hash', () => {
    const map = open();
    const entries = Array.from({ length: 50_000 }, (_, n): [string, number] => [`key ${n}`, n]);
    map.setAll(entries);
    map.setAll([
      ['costarring', 'one'],
      ['liquid', 'another'],
    ]);
    expect(entries.every(([key, n]) => map.get(key) === n)).toBe(true);
    expect([map.get('costarring'), map.get('liquid'), map.get('key 50000')]).toEqual(['one', 'another', undefined]);
  });

  it('keeps bytes as bytes, and gives copies', () => {
    const map = open();
    map.setAll([['hash', { bytes: Buffer.from([0, 255]), none: undefined }]]);
    const value = map.get('hash') as { bytes: Buffer };
    expect(value.bytes.equals(Buffer.from([0, 255]))).toBe(true);
    value.bytes = Buffer.alloc(0);
    expect(map.get('hash')).toEqual({ bytes: Buffer.from([0, 255]), none: undefined });
  });

  it('leaves nothing behind', () => {
    const before = folders();
    const map = open();
    expect(folders()).toHaveLength(before.length + 1);
    map.close();
    opened.pop();
    expect(folders()).toEqual(before);
  });
});
