// Everything that can be wrong without a test noticing: one line a check, and what it said where it failed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const bin = (path: string) => `${project}node_modules/${path}`;

const checks: [name: string, ...args: string[]][] = [
  ['types', bin('typescript/bin/tsc'), '-p', '.'],
  ['lint and format', bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
  [
    'structure',
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    bin('jest/bin/jest.js'),
    'tests/unit/structure.test.ts',
  ],
  ['generated files', 'scripts/run.mjs', 'scripts/generate-types.ts', '--verify'],
];

let failed = 0;
for (const [name, ...args] of checks) {
  const begun = performance.now();
  const { code, said } = await run(args);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)`);
  if (code === 0) continue;
  failed++;
  console.log(said.trim().replace(/^/gm, '      '));
}
process.exitCode = failed ? 1 : 0;

function run(args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}
