import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What was acknowledged: the claim's text by its id. */
export type Ledger = Map<string, string>;

export interface Writers {
  ledger: Ledger;
  /** The texts that were sent, acknowledged or not. */
  sent: Set<string>;
  /** Milliseconds that the slowest request took to end, in whatever way. */
  slowest(): number;
  /** How many requests were answered with each status; 0 is no answer. */
  statuses: Map<number, number>;
  stop(): Promise<void>;
}

/** Clients that log claims without a pause, each repeated with its Idempotency-Key until it is acknowledged. */
export function startWriters(origin: string, token: string, count: number): Writers {
  const ledger: Ledger = new Map();
  const sent = new Set<string>();
  const statuses = new Map<number, number>();
  let slowest = 0;
  let stopping = false;

  const write = async () => {
    const text = `Claim ${randomUUID()}`;
    sent.add(text);
    for (const key = randomUUID(); !stopping; await sleep(50)) {
      const begun = performance.now();
      const { status, id } = await post(origin, token, key, text);
      slowest = Math.max(slowest, performance.now() - begun);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 201) return void ledger.set(id!, text);
      if (status !== 0 && status !== 503 && status !== 507) throw new Error(`A write was answered with ${status}`);
    }
  };
  const clients = Array.from({ length: count }, async () => {
    while (!stopping) await write();
  });

  return {
    ledger,
    sent,
    statuses,
    slowest: () => slowest,
    async stop() {
      stopping = true;
      await Promise.all(clients);
    },
  };
}

async function post(
  origin: string,
  token: string,
  key: string,
  text: string,
): Promise<{ status: number; id?: string }> {
  try {
    const answer = await fetch(`${origin}/api/v1/claims`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(claim(text)),
      signal: AbortSignal.timeout(10_000),
    });
    const body = (await answer.json()) as { id?: string };
    return { status: answer.status, ...(body.id && { id: body.id }) };
  } catch {
    return { status: 0 };
  }
}

/** A claim that takes rows in eight tables, so that half of one would show. */
const claim = (text: string) => ({
  text,
  language: 'en',
  topics: ['Crashes'],
  statement: {
    person: { name: 'Proof Writer' },
    quoteKind: 'verbatim',
    quote: text,
    language: 'en',
    saidOn: '2025-02-08',
    sources: [
      {
        url: `https://paper.example.org/${encodeURIComponent(text)}`,
        publisher: { name: 'Proof Paper' },
        role: 'primary',
      },
    ],
  },
});
