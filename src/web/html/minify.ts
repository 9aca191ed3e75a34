import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const program = fileURLToPath(new URL('minify.mjs', import.meta.url));

/**
 * What browsers are sent of these scripts and styles, each bundled and minified. It is made in a process of its own, as
 * esbuild takes 20 MB that this one would never give back.
 */
export function minified(builds: readonly BuildOptions[]): string[] {
  const input = JSON.stringify(builds);
  return JSON.parse(
    execFileSync(process.execPath, [program], { input, stdio: ['pipe', 'pipe', 'inherit'] }).toString(),
  );
}
