import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { LinkResponse, linkResponse } from '../claims/link-response.ts';
import { LogClaim, logClaim } from '../claims/log-claim.ts';
import { AddPerson, addPerson } from '../people/add-person.ts';
import { GiveVerdict, giveVerdict } from '../verdicts/give-verdict.ts';
import type { OurPublisher } from '../verdicts/our-publisher.ts';

const FILE = new URL('../../../db/seeds/demo-record.json', import.meta.url);

/** A record of the file by which others in it are meant, as ids are made only on loading: C1, S1. */
const Ref = z.string().regex(/^[CS]\d+$/);

const DemoRecord = z.strictObject({
  people: z.array(AddPerson),
  claims: z.array(z.strictObject({ ref: Ref, statementRef: Ref, claim: LogClaim })),
  responses: z.array(
    z.strictObject({
      ref: Ref.meta({ description: 'Of a new statement, or of one that came with a claim' }),
      claim: Ref,
      repliesTo: Ref.optional(),
      response: z.record(z.string(), z.unknown()),
    }),
  ),
  verdicts: z.array(z.strictObject({ claim: Ref, verdict: GiveVerdict })),
});

/**
 * Loads the demonstration record through the acts, as editors would enter it, all or nothing. Returns false, and does
 * nothing, where anything is on record.
 */
export async function loadDemoRecord(tx: Writer, us: OurPublisher): Promise<boolean> {
  if (await isAnythingOnRecord(tx)) return tx.unchanged(false);
  const demo = DemoRecord.parse(JSON.parse(await readFile(FILE, 'utf8')));
  const ids = new Map<string, string>();

  for (const person of demo.people) await addPerson(tx, person);
  for (const { ref, statementRef, claim } of demo.claims) {
    const claimId = await logClaim(tx, claim);
    ids.set(ref, claimId);
    ids.set(statementRef, await firstStatementOf(tx, claimId));
  }
  for (const { ref, claim, repliesTo, response } of demo.responses) {
    const { recorded, made } = LinkResponse;
    const reply = { ...response, ...(repliesTo && { repliesTo: idOf(ids, repliesTo) }) };
    const input = ids.has(ref) ? recorded.parse({ id: idOf(ids, ref), ...reply }) : made.parse(reply);
    ids.set(ref, await linkResponse(tx, idOf(ids, claim), input));
  }
  for (const { claim, verdict } of demo.verdicts) await giveVerdict(tx, idOf(ids, claim), verdict, us);
  return true;
}

/** Users and tokens are not the record: whoever makes a token first still finds something to look at. */
async function isAnythingOnRecord(tx: Writer): Promise<boolean> {
  for (const table of ['people', 'claims', 'sources'] as const) {
    if (await tx.selectFrom(table).select('id').limit(1).executeTakeFirst()) return true;
  }
  return false;
}

async function firstStatementOf(tx: Writer, claimId: string): Promise<string> {
  const position = await tx
    .selectFrom('positions')
    .select('statement_id')
    .where('claim_id', '=', claimId)
    .executeTakeFirstOrThrow();
  return position.statement_id;
}

function idOf(ids: ReadonlyMap<string, string>, ref: string): string {
  const id = ids.get(ref);
  if (!id) throw new Error(`The demonstration record speaks of ${ref} before it is there.`);
  return id;
}
