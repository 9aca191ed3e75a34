import type { Writer } from '../../db/types.ts';
import { Gone, Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { findClaim } from '../claims/find-claim.ts';
import { type Owner, writeMembers } from '../members.ts';
import { refuseRepeat } from './rules.ts';
import type { PositionInput } from './utterance.ts';

type Path = (string | number)[];

/** Adds one stance to those that a statement takes. */
export async function addPosition(tx: Writer, statementId: string, position: PositionInput, path: Path): Promise<void> {
  await insertPosition(tx, statementId, await positionColumns(tx, statementId, position, path));
}

/** As `addPosition`, on a claim that is known to be there, replying to nothing. */
export async function insertPosition(
  tx: Writer,
  statementId: string,
  columns: { claim_id: string; stance: string; repeat_of_earlier: boolean; replies_to_id?: string | null },
): Promise<void> {
  await tx
    .insertInto('positions')
    .values({ id: newId(), statement_id: statementId, ...columns })
    .execute();
}

/** Makes these the stances that a statement takes. Returns whether anything changed. */
export async function writePositions(
  tx: Writer,
  statement: Owner,
  positions: readonly PositionInput[],
  path: Path,
): Promise<boolean> {
  const rows: ({ id: string | undefined } & Awaited<ReturnType<typeof positionColumns>>)[] = [];
  for (const [index, position] of positions.entries()) {
    const here = [...path, index];
    const columns = await positionColumns(tx, statement.id, position, here);
    if (rows.some((row) => row.claim_id === columns.claim_id))
      throw Invalid.at([...here, 'claim'], 'a statement takes one position on a claim');
    rows.push({ id: position.id, ...columns });
  }
  return writeMembers(tx, 'positions', statement, rows, path);
}

async function positionColumns(
  tx: Writer,
  statementId: string,
  { id, claim, stance, repliesTo, repeatOfEarlier }: PositionInput,
  path: Path,
) {
  const found = await findClaim(tx, claim);
  if (!found) throw Invalid.at([...path, 'claim'], `no claim "${claim}" is on record`);
  if (found.purged_because) throw Gone.purged('claim', found.purged_because);
  const claimId = found.id;
  refuseRepeat(stance, repeatOfEarlier, path);
  if (repliesTo === statementId) throw Invalid.at([...path, 'repliesTo'], 'a statement does not reply to itself');
  const member = repliesTo
    ? await claimSpokenOf(tx, claimId, { statement: repliesTo })
    : id && (await claimSpokenOf(tx, claimId, { position: id }));
  if (repliesTo && !member)
    throw Invalid.at([...path, 'repliesTo'], `no statement "${repliesTo}" on this claim is on record`);
  return { claim_id: member || claimId, stance, replies_to_id: repliesTo ?? null, repeat_of_earlier: repeatOfEarlier };
}

/** Of the claims merged into this one, that on which a position is already taken: merging moves no position. */
async function claimSpokenOf(
  tx: Writer,
  claimId: string,
  by: { statement: string } | { position: string },
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('positions')
    .innerJoin('claims', 'claims.id', 'positions.claim_id')
    .select('positions.claim_id')
    .where('claims.canonical_id', '=', claimId)
    .where((eb) =>
      'statement' in by ? eb('positions.statement_id', '=', by.statement) : eb('positions.id', '=', by.position),
    )
    .executeTakeFirst();
  return row?.claim_id;
}
