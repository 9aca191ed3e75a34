import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/** The rules of src/README.md that a machine can watch over. Imports are read with regular expressions, not compiled. */
const project = fileURLToPath(new URL('../..', import.meta.url));

interface File {
  path: string;
  text: string;
  /** Files of our own that it imports, types included. */
  imports: string[];
  packages: string[];
}

const files = read('src');
const byPath = new Map(files.map((file) => [file.path, file]));

/** What may be imported from where: only from the same room or one further left. */
const LEVELS = ['browser', 'lib', 'db', 'domain', 'web', 'app', 'cli', 'main'];
/** Files that stand at the top of src without being a room: what a failure and the configuration look like. */
const AT_LEVEL: Record<string, string> = { 'src/errors.ts': 'lib', 'src/config.ts': 'lib' };
/** Rooms of src/web that the faces share; so are the files that lie beside them. */
const SHARED_BY_FACES = ['html', 'middleware'];

const MOST_LINES = 300;
const MAY_BE_LONG: Record<string, string> = {
  'src/db/tables.ts': 'generated from the schema',
  'src/web/answers.ts': 'one list of the shapes of all answers',
};
const MAY_READ_ENVIRONMENT: Record<string, string> = {
  'src/config.ts': 'the one reader of our own variables',
  'src/db/embedded-binaries.ts': 'asks where the system keeps caches (LOCALAPPDATA, XDG_CACHE_HOME)',
  'src/db/embedded-user.ts': 'hands PATH on to PostgreSQL’s programs',
};
/** What the name of a file of src/domain begins with when it writes. */
const VERBS =
  /^(accept|add|approve|assign|attribute|begin|change|create|cite|edit|end|find-or-make|finish|give|import|invite|keep|link|load|log|make|merge|offer|propose|publish|purge|refuse|rehearse|reset|restore|return|revoke|start|submit|take|try|turn|undo|unmerge|withdraw|write)(-|$)/;
const HELPERS_THAT_WRITE: Record<string, string> = {
  'src/domain/members.ts': 'writes the rows that belong to a record, for the acts that edit it',
};

describe('imports', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(byPath.get('src/app.ts')?.imports).toContain('src/web/memory.ts');
    expect(byPath.get('src/app.ts')?.packages).toContain('express');
    expect(byPath.get('src/main.ts')?.imports).toContain('src/cli/serve.ts');
  });

  it('name files that exist', () => {
    const missing = edges().filter(([, to]) => !byPath.has(to) && to.startsWith('src/'));
    expect(missing).toEqual([]);
  });

  it('point one way: lib ← db ← domain ← web ← app ← cli ← main', () => {
    expect(edges().filter(([from, to]) => levelOf(to) > levelOf(from))).toEqual([]);
  });

  it('reach nothing outside of src', () => {
    expect(edges().filter(([, to]) => !to.startsWith('src/'))).toEqual([]);
  });

  it('never lead from one face to another, nor from what faces share to a face', () => {
    expect(
      edges().filter(([from, to]) => faceOf(to) !== undefined && levelOf(from) === 3 && faceOf(from) !== faceOf(to)),
    ).toEqual([]);
  });

  it('keep HTTP and HTML out of the domain and below', () => {
    const web = /^(express|cors|helmet|supertest|swagger-ui-dist|preact.*|node:https?)$/;
    const wrong = files
      .filter((file) => levelOf(file.path) < LEVELS.indexOf('web'))
      .flatMap((file) => file.packages.filter((name) => web.test(name)).map((name) => `${file.path} imports ${name}`));
    expect(wrong).toEqual([]);
  });

  it('leave preact’s hooks out: once loaded, they keep account of every element of every page', () => {
    expect(files.filter(({ packages }) => packages.includes('preact/hooks')).map(({ path }) => path)).toEqual([]);
  });

  it('make no circle, not even of types', () => {
    expect(findCircles()).toEqual([]);
  });
});

describe('files', () => {
  it('are never an index that only passes on', () => {
    expect(files.map(({ path }) => path).filter((path) => /\/index\.[jt]sx?$/.test(path))).toEqual([]);
  });

  it('leave the environment to config.ts', () => {
    const readers = files.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => !(path in MAY_READ_ENVIRONMENT))).toEqual([]);
    expect(Object.keys(MAY_READ_ENVIRONMENT).filter((path) => !readers.includes(path))).toEqual([]);
  });

  it(`have at most ${MOST_LINES} lines`, () => {
    const long = files.filter(({ text }) => text.split('\n').length > MOST_LINES).map(({ path }) => path);
    expect(long.filter((path) => !(path in MAY_BE_LONG))).toEqual([]);
  });
});

describe('acts and views', () => {
  const domain = files.filter(({ path }) => path.startsWith('src/domain/'));

  it('write only in files named by a verb', () => {
    const writers = domain.filter(({ text }) => /\.(insertInto|updateTable|deleteFrom)\(/.test(text));
    expect(writers.length).toBeGreaterThan(10);
    const wrong = writers.filter(({ path }) => !VERBS.test(nameOf(path)));
    expect(wrong.map(({ path }) => path).filter((path) => !(path in HELPERS_THAT_WRITE))).toEqual([]);
  });

  it('have an act export a function of the name of its file, with the transaction first', () => {
    const acts = domain.filter(({ path, text }) => text.includes(`export const ${pascal(nameOf(path))} =`));
    expect(acts.length).toBeGreaterThan(10);
    // What is exported under the act's name may also be a rule's input, such as a schema that two acts share.
    const wrong = acts.filter(
      ({ path, text }) =>
        !new RegExp(`export async function ${camel(nameOf(path))}\\(\\s*tx: (Writer|Jotter)`).test(text),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('name an action as the act’s file is named', () => {
    const names = domain.map(({ path }) => nameOf(path));
    const actions = files.flatMap(({ text }) => [...text.matchAll(/\baction: '([a-z-]+)\.([a-z-]+)'/g)]);
    expect(actions.length).toBeGreaterThan(10);
    const orphans = actions.filter(([, noun, verb]) => !names.some((name) => name.startsWith(`${verb}-${noun}`)));
    expect(orphans.map(([action]) => action)).toEqual([]);
  });

  it('keep rules pure', () => {
    const rules = domain.filter(({ path }) => nameOf(path) === 'rules');
    expect(rules.length).toBeGreaterThan(1);
    const impure = rules.filter(
      ({ imports, packages }) =>
        packages.includes('kysely') || imports.some((path) => /^src\/db\/(?!types)/.test(path)),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });
});

function read(folder: string): File[] {
  return readdirSync(join(project, folder), { withFileTypes: true }).flatMap((entry): File[] => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return read(path);
    if (!/\.tsx?$/.test(entry.name) || entry.name.endsWith('.d.ts')) return [];
    const text = readFileSync(join(project, path), 'utf8');
    const names = importsIn(text);
    return [
      {
        path,
        text,
        imports: names.filter((name) => name.startsWith('.')).map((name) => resolveFrom(path, name)),
        packages: names.filter((name) => !name.startsWith('.')),
      },
    ];
  });
}

/** `import … from 'x'`, `export … from 'x'`, `import 'x'` and `import('x')`, outside of comments. */
function importsIn(text: string): string[] {
  const code = text.replace(/^\s*(\/\*\*?[\s\S]*?\*\/|\/\/.*)$/gm, '');
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'/gm,
    /^\s*import\s*'([^']+)'/gm,
    /\bimport\(\s*'([^']+)'\s*\)/g,
  ];
  return [...new Set(patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, name]) => name!)))];
}

function resolveFrom(path: string, name: string): string {
  return relative(project, normalize(join(project, dirname(path), name)))
    .split(sep)
    .join('/');
}

function edges(): [string, string][] {
  return files.flatMap(({ path, imports }) => imports.map((to): [string, string] => [path, to]));
}

function levelOf(path: string): number {
  const room = AT_LEVEL[path] ?? path.split('/')[1]!.replace(/\.tsx?$/, '');
  const level = LEVELS.indexOf(room);
  if (path.startsWith('src/') && level < 0)
    throw new Error(`${path} is in no room that LEVELS knows: give it a level.`);
  return level;
}

/** The face that a file of src/web belongs to; undefined for what all share. */
function faceOf(path: string): string | undefined {
  const face = /^src\/web\/([^/]+)\//.exec(path)?.[1];
  return face && SHARED_BY_FACES.includes(face) ? undefined : face;
}

function findCircles(): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    const begin = trail.indexOf(path);
    if (begin >= 0) circles.push([...trail.slice(begin), path].join(' → '));
    if (begin >= 0 || done.has(path)) return;
    for (const next of byPath.get(path)?.imports ?? []) {
      visit(next, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return circles;
}

function nameOf(path: string): string {
  return path
    .split('/')
    .at(-1)!
    .replace(/\.tsx?$/, '');
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  return camel(`-${name}`);
}
