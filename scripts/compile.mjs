// Compiles a program, src/main.ts unless told, into a folder within node_modules: node scripts/compile.mjs <folder> [program]
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from 'esbuild';
import { project } from './install.mjs';

const [, , folder, program = 'src/main.ts'] = process.argv;

await build({
  absWorkingDir: project,
  entryPoints: [program],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What is imported only when it is needed stays in a file of its own.
  splitting: true,
  packages: 'external',
  // Many small files of which we use little: within the program they take 3 MB less.
  alias: { kysely: './node_modules/kysely/dist/esm/index.js' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'error',
  plugins: [{ name: 'files beside the source', setup: findBesideSource }],
});

/** What a source reads from beside itself is found from the compiled file as well. */
function findBesideSource({ onLoad }) {
  onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
    const source = await readFile(path, 'utf8');
    const address = `new URL(${JSON.stringify(relative(folder, path).replaceAll('\\', '/'))}, import.meta.url).href`;
    return {
      contents: source.replaceAll('import.meta.url', address),
      loader: path.endsWith('x') ? 'tsx' : 'ts',
    };
  });
}
