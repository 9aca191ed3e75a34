import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

// The tracked tables are children of an inheritance parent, which the generator takes for partitions.
const OPTIONS = [
  ['--dialect', 'postgres'],
  ['--partitions'],
  ['--default-schema', 'public'],
  ['--include-pattern', 'public.*'],
  ['--exclude-pattern', 'kysely_*'],
  ['--type-mapping', '{"timestamp":"string","timestamptz":"string","xid8":"string"}'],
  ['--numeric-parser', 'number'],
  ['--out-file', 'src/db/tables.ts'],
].flat();

/** Writes src/db/tables.ts as the tables of a migrated database have it, or only compares the two; gives the exit code. */
export function generateTypes(url: string, { verify }: { verify: boolean }): Promise<{ code: number; output: string }> {
  const program = ['node_modules/kysely-codegen/dist/cli/bin.js', '--url', url, ...OPTIONS];
  const child = spawn(process.execPath, verify ? [...program, '--verify'] : program, { cwd: project });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
