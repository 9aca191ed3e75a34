#!/usr/bin/env node
// The command line of On Record: installs what is missing, then hands over to src/main.ts in this same process.
import { ensureInstalled, registerTypeScript } from './install.mjs';

await ensureInstalled({ development: false });
await registerTypeScript();
await import('../src/main.ts');
