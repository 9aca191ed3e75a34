// Writes src/db/tables.ts from the migrations, on a PostgreSQL of its own; with --verify it only says whether they agree.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import { generateTypes } from './codegen.ts';

const verify = process.argv.includes('--verify');
const folder = await mkdtemp(join(tmpdir(), 'onrecord-types-'));
const server = await startEmbedded(folder, { settings: { fsync: 'off' } });
try {
  await migrate(server.url);
  const { code, output } = await generateTypes(server.url, { verify });
  if (code !== 0) {
    console.error(output.trim());
    console.error(
      verify ? 'src/db/tables.ts is not what the migrations make: run npm run types.' : 'Nothing was written.',
    );
  } else {
    console.log(verify ? 'src/db/tables.ts is what the migrations make.' : 'src/db/tables.ts is written.');
  }
  process.exitCode = code;
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
