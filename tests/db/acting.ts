import pg from 'pg';
import type { z } from 'zod';
import { change } from '../../src/db/change.ts';
import type { Actor, Database, Writer } from '../../src/db/types.ts';
import { EditClaim, editClaim } from '../../src/domain/claims/edit-claim.ts';
import { LinkResponse, linkResponse } from '../../src/domain/claims/link-response.ts';
import { LogClaim, logClaim } from '../../src/domain/claims/log-claim.ts';
import { type Noun, tables } from '../../src/domain/nouns.ts';
import { AddPerson, addPerson } from '../../src/domain/people/add-person.ts';
import { EditPerson, editPerson } from '../../src/domain/people/edit-person.ts';
import { AddSource, addSource } from '../../src/domain/sources/add-source.ts';
import { EditSource, editSource } from '../../src/domain/sources/edit-source.ts';
import { AttributeStatement, attributeStatement } from '../../src/domain/statements/attribute-statement.ts';
import { EditAttribution, editAttribution } from '../../src/domain/statements/edit-attribution.ts';
import { EditStatement, editStatement } from '../../src/domain/statements/edit-statement.ts';
import { LogStatement, logStatement } from '../../src/domain/statements/log-statement.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { EditVerdict, editVerdict } from '../../src/domain/verdicts/edit-verdict.ts';
import { GiveVerdict, giveVerdict } from '../../src/domain/verdicts/give-verdict.ts';

export const us = { name: 'Record Check' };

/** What an editor can do, each act in a change of its own and with its input checked, on the database of a test file. */
export function acting(database: { readonly db: Database }, actor: Actor = operator) {
  const act = <T>(action: string, write: (tx: Writer) => Promise<T>): Promise<T> =>
    change(database.db, { actor, action }, write);
  /** Edits the version that is there now. */
  const edit = <I>(noun: 'person' | 'claim' | 'statement' | 'source' | 'verdict' | 'attribution', amend: Amend<I>) => {
    return (id: string, input: I) =>
      act(`${noun}.edit`, async (tx) => amend(tx, id, await versionOf(tx, noun, id), input));
  };
  return {
    act,
    addPerson: (input: z.input<typeof AddPerson>) => act('person.add', (tx) => addPerson(tx, AddPerson.parse(input))),
    addSource: (input: z.input<typeof AddSource>) => act('source.add', (tx) => addSource(tx, AddSource.parse(input))),
    logClaim: (input: z.input<typeof LogClaim>) => act('claim.log', (tx) => logClaim(tx, LogClaim.parse(input))),
    logStatement: (input: z.input<typeof LogStatement>) =>
      act('statement.log', (tx) => logStatement(tx, LogStatement.parse(input))),
    linkResponse: (claimId: string, input: z.input<(typeof LinkResponse)['recorded' | 'made']>) =>
      act('response.link', (tx) =>
        linkResponse(tx, claimId, 'id' in input ? LinkResponse.recorded.parse(input) : LinkResponse.made.parse(input)),
      ),
    giveVerdict: (claimId: string, input: z.input<typeof GiveVerdict>) =>
      act('verdict.give', (tx) => giveVerdict(tx, claimId, GiveVerdict.parse(input), us)),
    attributeStatement: (id: string, input: z.input<typeof AttributeStatement>) =>
      act('statement.attribute', (tx) => attributeStatement(tx, id, AttributeStatement.parse(input), us)),
    editPerson: edit('person', (tx, id, version, input: z.input<typeof EditPerson>) =>
      editPerson(tx, id, version, EditPerson.parse(input)),
    ),
    editClaim: edit('claim', (tx, id, version, input: z.input<typeof EditClaim>) =>
      editClaim(tx, id, version, EditClaim.parse(input)),
    ),
    editStatement: edit('statement', (tx, id, version, input: z.input<typeof EditStatement>) =>
      editStatement(tx, id, version, EditStatement.parse(input)),
    ),
    editSource: edit('source', (tx, id, version, input: z.input<typeof EditSource>) =>
      editSource(tx, id, version, EditSource.parse(input)),
    ),
    editVerdict: edit('verdict', (tx, id, version, input: z.input<typeof EditVerdict>) =>
      editVerdict(tx, id, version, EditVerdict.parse(input)),
    ),
    editAttribution: edit('attribution', (tx, id, version, input: z.input<typeof EditAttribution>) =>
      editAttribution(tx, id, version, EditAttribution.parse(input)),
    ),
    /** Makes one person or claim stand for another; with itself, sets it apart again. */
    merge: (table: 'people' | 'claims', id: string, into: string) =>
      act('record.merge', async (tx) => {
        const members = tx.updateTable(table as 'people').set({ canonical_id: into });
        await (id === into ? members.where('id', '=', id) : members.where('canonical_id', '=', id)).execute();
      }),
  };
}

export type Acting = ReturnType<typeof acting>;

type Amend<I> = (tx: Writer, id: string, version: number, input: I) => Promise<void>;

async function versionOf(tx: Writer, noun: Noun, id: string): Promise<number> {
  const row = await tx
    .selectFrom(tables[noun] as 'people')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.version ?? 1;
}

/** A session beside the program, as psql opens one. */
export async function session<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** The first statement on a claim. */
export async function statementOf(db: Database, claimId: string): Promise<string> {
  const { statement_id } = await db
    .selectFrom('positions')
    .select('statement_id')
    .where('claim_id', '=', claimId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return statement_id;
}
