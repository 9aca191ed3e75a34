import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Asset, namedByHash } from './assets.ts';
import { minified } from './minify.ts';

const FOLDER = fileURLToPath(new URL('../../browser/', import.meta.url));

/** The scripts for browsers, made from TypeScript when the server starts: what is served is always what is in the folder. */
const files = readdirSync(FOLDER);
const texts = minified(files.map((file) => ({ entryPoints: [join(FOLDER, file)], format: 'iife' })));
const scripts = new Map(files.map((file, index) => [basename(file, '.ts'), texts[index]!]));

/** A script for browsers, by the name of its file. */
export function script(name: string): string {
  const text = scripts.get(name);
  if (text === undefined) throw new Error(`There is no script src/browser/${name}.ts.`);
  return text;
}

/** A script as a file that pages refer to. */
export function scriptAsset(name: string): Asset {
  return namedByHash(`${name}.js`, 'text/javascript; charset=utf-8', Buffer.from(script(name)));
}
