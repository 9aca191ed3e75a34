import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { change } from '../../src/db/change.ts';
import { loadDemoRecord } from '../../src/domain/exchange/load-demo-record.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testDatabase } from '../support/database.ts';
import { jq } from '../support/jq.ts';
import { type Program, runScript } from '../support/shell.ts';

/**
 * Every example of README.md runs here, in order, against a server on the demonstration record: `sh` blocks, each with
 * the `json` block that follows as its answer. `<!-- shown, not run -->` before a block leaves it out.
 */
const project = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const SHOWN_ADDRESS = 'http://localhost:3000';

interface Example {
  line: number;
  script: string;
  answer: string | undefined;
}

const examples = examplesIn(readme);
const hasTools = ['bash', 'curl', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0);

it('is short, and has examples', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(250);
  expect(examples.length).toBeGreaterThan(8);
});

describe.each(hasTools ? ['as read by the test', 'with bash, curl and jq'] : ['as read by the test'])(
  'the README, %s',
  (way) => {
    const database = testDatabase();
    const variables = new Map<string, string>();
    let app: App;
    let server: Server;
    let address: string;

    beforeAll(async () => {
      const config = { ...readConfig({}), sessionSecret: 'a secret of at least thirty-two characters' };
      app = createApp({ db: database.db, config, now: () => new Date(), log: pino({ level: 'silent' }) });
      await change(database.db, { actor: operator, action: 'demo.load' }, (tx) =>
        loadDemoRecord(tx, { name: config.publisherName }),
      );
      server = createServer(app).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      server.closeAllConnections();
      server.close();
      await app.close();
    });

    it.each(examples.map((example): [number, Example] => [example.line, example]))(
      'line %i',
      async (_line, { script, answer }) => {
        const here = script.replaceAll(SHOWN_ADDRESS, address);
        const printed = way.startsWith('as') ? await runHere(here) : await runInBash(here);
        if (answer !== undefined) expect(valuesIn(printed)).toEqual(valuesIn(answer));
      },
      30_000,
    );

    const runHere = (script: string): Promise<string> =>
      runScript(script, { curl, jq: jqProgram, npm: npm(database.url) }, variables);

    /** A shell of its own for each example; the variables go from one to the next. */
    async function runInBash(script: string): Promise<string> {
      const end = '--variables--';
      const before = [...variables].map(([name, value]) => `${name}='${value}'`).join('\n');
      const names = [...new Set([...variables.keys(), ...[...script.matchAll(/^(\w+)=/gm)].map(([, name]) => name!)])];
      const after = names.map((name) => `echo "${name}=$${name}"`).join('\n');
      const compact = 'jq() { command jq -c "$@"; }';
      const all = `set -euo pipefail\n${compact}\n${before}\n${script}\necho '${end}'\n${after}\n`;
      const { stdout } = await promisify(execFile)('bash', ['-c', all], {
        cwd: project,
        env: { ...process.env, DATABASE_URL: database.url, npm_config_loglevel: 'error' },
      });
      const [printed = '', set = ''] = stdout.split(`${end}\n`);
      for (const [, name, value] of set.matchAll(/^(\w+)=(.*)$/gm)) variables.set(name!, value!);
      return printed;
    }
  },
);

describe('what the README says of the environment', () => {
  const source = readFileSync(new URL('../../src/config.ts', import.meta.url), 'utf8');
  const known = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!);
  const rows = new Map(
    [...readme.matchAll(/^\| `([A-Z_]+)` +\| (.*?) +\|/gm)].map(([, name, value]) => [name!, value!]),
  );

  it('names every variable, and no other', () => {
    expect(known.length).toBeGreaterThan(9);
    expect([...rows.keys()].sort()).toEqual([...known].sort());
  });

  it('names the defaults', () => {
    const config = readConfig({});
    expect(rows.get('PORT')).toBe(`\`${config.port}\``);
    expect(rows.get('HOST')).toBe(`\`${config.host}\``);
    expect(rows.get('PUBLIC_URL')).toBe(`\`${config.publicUrl.replace(String(config.port), '<PORT>')}\``);
    expect(rows.get('SITE_NAME')).toBe(`\`${config.siteName}\``);
    expect(rows.get('DATA_LICENSE')).toBe(`\`${config.dataLicense.name}\``);
    expect(rows.get('LOG_LEVEL')).toBe(`\`${config.logLevel}\``);
  });
});

it('leads only to files that exist', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path!);
  expect(links.length).toBeGreaterThan(4);
  for (const link of links) expect(() => readFileSync(new URL(`../../${link}`, import.meta.url))).not.toThrow();
});

const curl: Program = async (args, input) => {
  const headers: Record<string, string> = {};
  let method: string | undefined;
  let body: string | undefined;
  let url: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '-s') continue;
    if (arg === '-X') method = args[++at]!;
    else if (arg === '-H') {
      const [name = '', value = ''] = args[++at]!.split(/: ?(.*)/s);
      headers[name] = value;
    } else if (arg === '--json') {
      const given = args[++at]!;
      body = given === '@-' ? input : given;
      headers['content-type'] = 'application/json';
    } else if (/^https?:/.test(arg)) url = arg;
    else throw new Error(`The test does not know this option of curl: ${arg}`);
  }
  const answer = await fetch(url!, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body !== undefined && { body }),
  });
  return answer.text();
};

const jqProgram: Program = async (args, input) => {
  const raw = args[0] === '-r';
  const values = jq(args.at(-1)!)(JSON.parse(input));
  return values.map((value) => `${raw && typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
};

const npm =
  (databaseUrl: string): Program =>
  async (args) => {
    const [run, silent, name, end, ...rest] = args;
    if ([run, silent, name, end].join(' ') !== 'run -s onrecord --')
      throw new Error(`The test does not know this use of npm: ${args.join(' ')}`);
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/onrecord.mjs', ...rest], {
      cwd: project,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
    return stdout;
  };

function examplesIn(markdown: string): Example[] {
  const block = /(<!-- shown, not run -->\n)?^```sh\n(.*?)^```\n(?:```json\n(.*?)^```\n)?/gms;
  return [...markdown.matchAll(block)].flatMap((match): Example[] => {
    const [, shown, script, answer] = match;
    if (shown) return [];
    return [{ line: markdown.slice(0, match.index).split('\n').length, script: script!, answer }];
  });
}

/** One JSON value, or one a line. */
function valuesIn(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}
