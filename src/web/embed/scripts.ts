import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** A script for browsers, made from TypeScript when the server starts: what is served is always what is in the folder. */
function script(name: string): string {
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

/** Runs inside an embed. */
export const frameScript = script('embed-frame');

/** The loader of <on-record>, which host pages load. */
export const loaderScript = script('on-record');

/** Runs in the box with the code to copy. */
export const codeScript = script('embed-code');
