// Takes pictures of pages of the demonstration record, to look at: npm run screenshots -- [folder]. Of one of them the
// README has a copy, which --readme takes again.
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from 'commander';
import pino from 'pino';
import { chromium } from 'playwright-core';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { change } from '../src/db/change.ts';
import { connect } from '../src/db/connect.ts';
import { startEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import { loadDemoRecord } from '../src/domain/exchange/load-demo-record.ts';
import { operator } from '../src/domain/users/operator.ts';
import { findChromium } from './chromium.ts';

const ON_README = fileURLToPath(new URL('../tests/browser/timeline.webp', import.meta.url));

const PAGES = {
  front: '/',
  person: '/people/dmitry-peskov',
  filtered: '/people/donald-trump?q=putin',
  nothing: '/people/kremlin?to=1999',
  claim: '/claims/vladimir-putin-wants-people-to-stop-dying-on-the-battlefield',
  search: '/search?q=war',
  refused: '/search?q=war&from=09/02/2025',
  about: '/about',
  missing: '/claims/nothing',
  people: '/people',
  embed: '/embed/claims/vladimir-putin-wants-people-to-stop-dying-on-the-battlefield',
  timeline: '/embed/people/dmitry-peskov',
};

program
  .argument('[folder]', 'where to put them', 'screenshots')
  .option('--readme', 'only the one of the README')
  .parse();
const { readme } = program.opts<{ readme?: boolean }>();

const folder = await mkdtemp(join(tmpdir(), 'onrecord-screenshots-'));
const server = await startEmbedded(folder, { settings: { fsync: 'off' } });
try {
  await migrate(server.url);
  const config = { ...readConfig({ LOG_LEVEL: 'silent' }), sessionSecret: 'x'.repeat(32) };
  const db = connect(server.url, config);
  await change(db, { actor: operator, action: 'demo.load' }, (tx) =>
    loadDemoRecord(tx, { name: config.publisherName }),
  );
  const app = createApp({ db, config, now: () => new Date(), log: pino({ level: 'silent' }) });
  const http = createServer(app).listen(0, '127.0.0.1');
  await once(http, 'listening');
  try {
    await shoot(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  } finally {
    http.close().closeAllConnections();
    await app.close();
    await db.destroy();
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function shoot(origin: string): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Install Chromium, or name it in CHROMIUM.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const take = async (path: string, width: number, colorScheme: 'light' | 'dark', file: string, height?: number) => {
    const page = await browser.newPage({ viewport: { width, height: height ?? 900 }, colorScheme });
    await page.goto(origin + path);
    const devTools = await page.context().newCDPSession(page);
    const whole = await devTools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 90,
      captureBeyondViewport: height === undefined,
    });
    await writeFile(file, Buffer.from(whole.data, 'base64'));
    console.log(file);
    await page.close();
  };
  if (readme) await take(PAGES.person, 1100, 'light', ON_README, 860);
  else {
    const to = resolve(program.args[0] ?? 'screenshots');
    await mkdir(to, { recursive: true });
    for (const [name, path] of Object.entries(PAGES))
      for (const [size, width] of Object.entries({ narrow: 375, wide: 1280 }))
        for (const scheme of ['light', 'dark'] as const)
          await take(path, width, scheme, join(to, `${name}-${size}-${scheme}.webp`));
  }
  await browser.close();
}
