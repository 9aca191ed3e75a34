import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Spooled {
  /** The bytes, from the beginning each time. */
  open(): Readable;
  size: number;
  remove(): Promise<void>;
}

/** Keeps a stream in a temporary file, so that it can be read more than once. */
export async function spool(bytes: Readable): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-import-'));
  const file = join(folder, 'file');
  const remove = () => rm(folder, { recursive: true, force: true });
  const out = createWriteStream(file, { mode: 0o600 });
  try {
    await pipeline(bytes, out);
  } catch (error) {
    await remove();
    throw error;
  }
  return { open: () => createReadStream(file), size: out.bytesWritten, remove };
}
