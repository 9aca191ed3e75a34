import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { type Asset, namedByHash } from './assets.ts';

/** A script for browsers, made from TypeScript when the server starts: what is served is always what is in the folder. */
export function script(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../../browser/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]!.text.trim();
}

/** A script as a file that pages refer to. */
export function scriptAsset(name: string): Asset {
  return namedByHash(`${name}.js`, 'text/javascript; charset=utf-8', Buffer.from(script(name)));
}
