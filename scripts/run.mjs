// Runs a developer's TypeScript file, named from the project's folder: node scripts/run.mjs scripts/test.ts …
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, project, registerTypeScript } from './install.mjs';

const [, , name] = process.argv;
if (!name) {
  console.error('Name the script to run, for example: node scripts/run.mjs scripts/test.ts');
  process.exit(1);
}
const script = resolve(project, name);
process.argv.splice(1, 2, script); // the script sees its own arguments where it expects them

await ensureInstalled({ development: true });
await registerTypeScript();
await import(pathToFileURL(script).href);
