import { Invalid } from '../../errors.ts';
import { isId, newId } from '../../lib/ids.ts';
import { sameText } from '../../lib/text.ts';
import { MOST_DERIVATIONS, refuseCycle } from '../sources/cite.ts';
import { refuseRepeat } from '../statements/rules.ts';
import { statementColumns, wordColumns } from '../statements/statement-columns.ts';
import { type Batch, distinct } from './batch.ts';
import type { PersonReferred, RecordForm } from './record-form.ts';
import { personId, recordId, rolesOf } from './referred.ts';
import { cite } from './source-rows.ts';
import { stateful } from './stateful.ts';

export function addStatement(batch: Batch, id: string, record: RecordForm<'statement'>): string {
  const party = (referred: PersonReferred | null | undefined, field: string) =>
    referred == null ? null : personId(batch, referred, 'organization', [field]);
  const person = personId(batch, record.person, 'person', ['person']);
  batch.rows.statements.push({
    id,
    person_id: person,
    on_behalf_of_id: party(record.onBehalfOf, 'onBehalfOf'),
    asked_by_id: party(record.askedBy, 'askedBy'),
    role_id: record.role == null ? null : roleId(batch, person, record.role),
    ...(record.purgedBecause == null ? statementColumns(record, []) : wordColumns(record)),
    ...stateful(batch, record),
  });
  addPositions(batch, id, record);
  cite(batch, { statement_id: id }, record.sources, 'sources');
  addDerivations(batch, id, record);
  return id;
}

function roleId(batch: Batch, person: string, role: string): string {
  const roles = rolesOf(batch, person);
  const found = roles.find((one) => (isId(role) ? one.id === role : sameText(one.title, role)));
  if (!found)
    throw Invalid.at(
      ['role'],
      `this person has no role "${role}"; known: ${roles.map(({ title }) => title).join(', ') || 'none'}`,
    );
  return found.id;
}

function addPositions(batch: Batch, id: string, { positions }: RecordForm<'statement'>): void {
  const claims = new Set<string>();
  positions.forEach(({ id: positionId, claim, stance, repliesTo, repeatOfEarlier }, index) => {
    const path = ['positions', index];
    refuseRepeat(stance, repeatOfEarlier, path);
    const claimId = recordId(batch, 'claim', claim, [...path, 'claim']);
    if (claims.has(claimId)) throw Invalid.at([...path, 'claim'], 'a statement takes one position on a claim');
    claims.add(claimId);
    const replied = repliesTo == null ? null : recordId(batch, 'statement', repliesTo, [...path, 'repliesTo']);
    if (replied === id) throw Invalid.at([...path, 'repliesTo'], 'a statement does not reply to itself');
    if (replied !== null && !batch.found.positions.has(`${replied} ${claimId}`))
      throw Invalid.at([...path, 'repliesTo'], 'the statement replied to takes no position on this claim');
    batch.rows.positions.push({
      id: positionId ?? newId(),
      statement_id: id,
      claim_id: claimId,
      stance,
      replies_to_id: replied,
      repeat_of_earlier: repeatOfEarlier,
    });
  });
}

/** Ahead of the statements of a batch, as one may reply to a later one: on which claims this one takes positions. */
export function announcePositions(batch: Batch, id: string, { positions }: RecordForm<'statement'>): void {
  positions.forEach(({ claim }, index) => {
    batch.found.positions.set(`${id} ${recordId(batch, 'claim', claim, ['positions', index, 'claim'])}`, true);
  });
}

function addDerivations(batch: Batch, id: string, { derivations }: RecordForm<'statement'>): void {
  if (derivations.length > MOST_DERIVATIONS)
    throw Invalid.at(['derivations'], `a statement can have at most ${MOST_DERIVATIONS} derivations`);
  const steps = derivations.map(({ id: stepId, source, from, relation }, index) => {
    const path = ['derivations', index];
    if ((relation === 'first_hand') !== (from == null))
      throw Invalid.at([...path, 'from'], 'names the source that it was had from, and nothing where it was first_hand');
    return {
      id: stepId ?? newId(),
      statement_id: id,
      source_id: recordId(batch, 'source', source, [...path, 'source']),
      from_source_id: from == null ? null : recordId(batch, 'source', from, [...path, 'from']),
      relation,
    };
  });
  const pairs = distinct(steps, (step) => `${step.source_id} ${step.from_source_id}`);
  refuseCycle(pairs, ['derivations']);
  batch.rows.derivations.push(...pairs);
}
