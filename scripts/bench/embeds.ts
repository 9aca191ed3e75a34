import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { change } from '../../src/db/change.ts';
import { findClaimId } from '../../src/domain/claims/find-claim.ts';
import { giveVerdict } from '../../src/domain/verdicts/give-verdict.ts';
import { exchange, open, requestOf, type Served, serve } from './load.ts';
import { type Addresses, claimPages } from './pages.ts';
import { type Filled, openDatabase } from './records.ts';

const VIEWERS = 10_000;
/** Connections that are being opened at once. */
const WAVE = 200;
const ROUNDS = 3;

/** Embeds of claims of no special kind. */
export const claimEmbeds: Addresses = async (record, most) =>
  (await claimPages(record, most)).map((path) => `/embed${path}`);

/** How many of 10,000 readers, each with an open connection, were not answered as they should be in any of three rounds. */
export const viewerErrors = (record: Filled): Promise<number> => withViewers(record, async (_, errors) => errors);

/** Resident memory of the server at its highest, in MB, with these readers. */
export const viewerMemory = (record: Filled): Promise<number> =>
  withViewers(record, async (served) => served.peakMemory());

/** Each has the embed already and asks whether it is still so. */
async function withViewers(
  record: Filled,
  measure: (served: Served, errors: number) => Promise<number>,
): Promise<number> {
  const served = await serve('onrecord', record.url);
  const paths = await claimEmbeds(record, 20);
  const viewers: { socket: ReturnType<typeof open>; request: string }[] = [];
  let errors = 0;
  try {
    const requests = await Promise.all(
      paths.map(async (path) => {
        const socket = open(served.origin);
        const { etag } = await exchange(socket, requestOf(path));
        socket.destroy();
        return requestOf(path, `if-none-match: ${etag}\r\n`);
      }),
    );
    const ask = async ({ socket, request }: (typeof viewers)[number]) => {
      const answer = await exchange(socket, request).catch(() => undefined);
      if (!answer?.status.includes(' 304 ')) errors++;
    };
    for (let n = 0; n < VIEWERS; n += WAVE) {
      const wave = Array.from({ length: WAVE }, (_, k) => ({
        socket: open(served.origin),
        request: requests[(n + k) % requests.length]!,
      }));
      for (const { socket } of wave) socket.on('error', () => {});
      viewers.push(...wave);
      await Promise.all(wave.map(ask));
    }
    for (let round = 1; round < ROUNDS; round++) await Promise.all(viewers.map(ask));
    return await measure(served, errors);
  } finally {
    for (const { socket } of viewers) socket.destroy();
    await served.stop();
  }
}

/** Milliseconds, at most, for which an embed was still what it was before a verdict that another process gave. */
export async function embedStaleness(record: Filled): Promise<number> {
  const served = await serve('onrecord', record.url);
  const db = openDatabase(record.url);
  const socket = open(served.origin);
  const waits: number[] = [];
  try {
    for (const path of await claimEmbeds(record, 20)) {
      await exchange(socket, requestOf(path));
      const { etag } = await exchange(socket, requestOf(path));
      const claim = (await findClaimId(db, path.split('/').at(-1)!))!;
      const editor = { id: null, tokenId: null, roles: ['editor' as const] };
      await change(db, { actor: editor, action: 'verdict.give' }, (tx) =>
        giveVerdict(tx, claim, verdict(waits.length), { name: 'On Record' }),
      );
      const begun = performance.now();
      while ((await exchange(socket, requestOf(path))).etag === etag) await sleep(1);
      waits.push(performance.now() - begun);
    }
    return Math.max(...waits);
  } finally {
    socket.destroy();
    await db.destroy();
    await served.stop();
  }
}

const verdict = (n: number) => ({
  status: 'mixed' as const,
  summary: `Measured ${n} ${Date.now()}`,
  evidence: [{ url: 'https://evidence.example.org/minutes', role: 'supports' as const }],
});
