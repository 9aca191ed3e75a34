// Takes pictures of pages of the demonstration record, to look at: npm run screenshots -- [folder]. Of two of them the
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
import type { Database } from '../src/db/types.ts';
import { loadDemoRecord } from '../src/domain/exchange/load-demo-record.ts';
import { acceptInvitation } from '../src/domain/users/accept-invitation.ts';
import { inviteUser } from '../src/domain/users/invite-user.ts';
import { operator } from '../src/domain/users/operator.ts';
import { hashPassword } from '../src/domain/users/passwords.ts';
import { findChromium } from './chromium.ts';

/** The pictures of the README: where they are kept, and of which page each is. */
const onReadme = (name: string) => fileURLToPath(new URL(`../tests/browser/${name}.webp`, import.meta.url));

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

/** Seen by somebody who is signed in. */
const DESK = {
  desk: '/desk',
  account: '/desk/account',
  codes: '/desk/account/codes',
  log: '/desk/claims/new',
  'desk-claim': '/desk/claims/vladimir-putin-wants-people-to-stop-dying-on-the-battlefield',
  'desk-people': '/desk/people',
  'desk-person': '/desk/people/dmitry-peskov',
  'desk-merge': '/desk/people/dmitry-peskov/merge?into=vladimir-putin',
  'desk-merge-choice': '/desk/people/dmitry-peskov/merge',
  queue: '/desk/queues/disputed',
  preview: '/desk/claims/vladimir-putin-wants-people-to-stop-dying-on-the-battlefield/preview',
  settings: '/desk/settings',
  erasure: '/desk/erasure?record=/people/dmitry-peskov',
};

const EMAIL = 'ada@example.org';
const PASSWORD = 'the river bends twice at Millford';

program
  .argument('[folder]', 'where to put them', 'screenshots')
  .option('--png', 'as PNG instead of WebP')
  .option('--only <names...>', 'only pictures of these names')
  .option('--readme', 'only those of the README')
  .parse();
const { readme, only, png } = program.opts<{ readme?: boolean; only?: string[]; png?: boolean }>();
const format = png ? 'png' : 'webp';

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
    await signUp(db);
    await shoot(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, config.publicUrl);
  } finally {
    http.close().closeAllConnections();
    await app.close();
    await db.destroy();
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Somebody who may see every page of the desk. */
async function signUp(db: Database): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await change(db, { actor: operator, action: 'invitation.accept' }, async (tx) => {
    const { secret } = await inviteUser(tx, { roles: ['editor', 'admin'] });
    await acceptInvitation(tx, { secret, name: 'Ada Moss', email: EMAIL, passwordHash });
  });
}

/** The cookie of a session. */
async function signIn(origin: string, publicUrl: string): Promise<{ name: string; value: string }> {
  const body = new URLSearchParams({ email: EMAIL, password: PASSWORD });
  const answer = await fetch(`${origin}/desk/sign-in`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: publicUrl },
  });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('onrecord-session'))!;
  const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
  return { name, value };
}

async function shoot(origin: string, publicUrl: string): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Install Chromium, or name it in CHROMIUM.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const session = await signIn(origin, publicUrl);
  const take = async (path: string, width: number, colorScheme: 'light' | 'dark', file: string, height?: number) => {
    const page = await browser.newPage({ viewport: { width, height: height ?? 900 }, colorScheme });
    if (path.startsWith('/desk')) await page.context().addCookies([{ ...session, url: origin }]);
    await page.goto(origin + path);
    const devTools = await page.context().newCDPSession(page);
    const whole = await devTools.send('Page.captureScreenshot', {
      format,
      ...(format === 'webp' && { quality: 90 }),
      captureBeyondViewport: height === undefined,
    });
    await writeFile(file, Buffer.from(whole.data, 'base64'));
    console.log(file);
    await page.close();
  };
  if (readme) {
    await take(PAGES.person, 1100, 'light', onReadme('timeline'), 860);
    await take(DESK['desk-claim'], 1100, 'light', onReadme('desk'), 700);
  } else {
    const to = resolve(program.args[0] ?? 'screenshots');
    await mkdir(to, { recursive: true });
    const pages = Object.entries({ ...PAGES, ...DESK }).filter(([name]) => !only || only.includes(name));
    for (const [name, path] of pages)
      for (const [size, width] of Object.entries({ narrow: 375, wide: 1280 }))
        for (const scheme of ['light', 'dark'] as const)
          await take(path, width, scheme, join(to, `${name}-${size}-${scheme}.${format}`));
  }
  await browser.close();
}
