// What minify.ts runs: reads what esbuild is to build, prints what it built, both as JSON.
import { json } from 'node:stream/consumers';
import { build } from 'esbuild';

const builds = await json(process.stdin);
const made = await Promise.all(
  builds.map((one) => build({ ...one, bundle: true, minify: true, target: 'es2022', write: false })),
);
console.log(JSON.stringify(made.map(({ outputFiles }) => outputFiles[0].text.trim())));
