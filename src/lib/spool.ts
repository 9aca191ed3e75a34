import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sweep } from './sweep.ts';

export interface Spooled {
  /** The bytes, from the beginning each time. */
  open(): Readable;
  size: number;
  /** SHA-256 in hexadecimal. */
  hash: string;
  remove(): Promise<void>;
}

/** The stream has more bytes than may be kept. */
export class TooLarge extends Error {}

/** Bytes received until their memory is given back: it lies outside the heap, so V8 would let it grow to 64 MB. */
const SWEEP_EVERY = 4 * 1024 * 1024;

/** Keeps a stream in a temporary file, so that it can be read more than once. Throws `TooLarge`, and then keeps nothing. */
export async function spool(bytes: Readable, most = Number.POSITIVE_INFINITY): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-import-'));
  const file = join(folder, 'file');
  const remove = () => rm(folder, { recursive: true, force: true });
  const hash = createHash('sha256');
  let size = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      if (size % SWEEP_EVERY < chunk.length) sweep();
      done(size > most ? new TooLarge(`More than ${most} bytes`) : null, chunk);
    },
  });
  try {
    await pipeline(bytes, through, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { open: () => createReadStream(file), size, hash: hash.digest('hex'), remove };
}
