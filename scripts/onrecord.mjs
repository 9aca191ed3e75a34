#!/usr/bin/env node
// The command line of On Record: installs what is missing, then hands over to src/main.ts in this same process, compiled or,
// where that cannot be kept, as it is.
import { pathToFileURL } from 'node:url';
import { compiled } from './compiled.mjs';
import { ensureInstalled, registerTypeScript } from './install.mjs';

await ensureInstalled({ development: false });
const program = compiled();
// An error names the lines of the sources.
if (program) process.setSourceMapsEnabled(true);
else await registerTypeScript();
await import(program ? pathToFileURL(program).href : '../src/main.ts');
