import { Invalid } from '../../errors.ts';
import { key as comparable } from '../../lib/text.ts';
import { dateColumns } from '../date-columns.ts';
import { refuseBareVerdict, refuseStatusOf } from '../verdicts/give-verdict.ts';
import { decidedOn } from '../verdicts/rules.ts';
import type { Batch } from './batch.ts';
import type { PersonReferred, RecordForm } from './record-form.ts';
import { personId, recordId } from './referred.ts';
import { cite } from './source-rows.ts';
import { stateful } from './stateful.ts';

export function addVerdict(batch: Batch, id: string, record: RecordForm<'verdict'>): string {
  const claim = recordId(batch, 'claim', record.claim, ['claim']);
  refuseStatusOf(batch.found.kinds.get(claim), record.status);
  const whose = publisher(batch, record);
  if (record.purgedBecause == null) refuseBareVerdict(record, whose.ours);
  batch.rows.verdicts.push({
    id,
    claim_id: claim,
    ...whose,
    status: record.status,
    summary: record.summary ?? null,
    explanation: record.explanation ?? null,
    native_label: record.nativeLabel ?? null,
    mapping_version: record.mappingVersion ?? null,
    url: record.url ?? null,
    ...dateColumns('decided', decidedOn(record.decidedAt, batch.at)),
    ...revisionColumns(batch, record),
    ...stateful(batch, record),
  });
  cite(batch, { verdict_id: id }, record.evidence, 'evidence');
  return id;
}

function revisionColumns(batch: Batch, { supersedes, revision, note, purgedBecause }: RecordForm<'verdict'>) {
  if ((supersedes == null) !== (revision == null))
    throw Invalid.at(['revision'], 'goes with "supersedes": both or neither');
  if (purgedBecause == null && note == null && (revision === 'correction' || revision === 'retraction'))
    throw Invalid.at(['note'], `a ${revision} needs a public note that says what was wrong`);
  return {
    supersedes_id: supersedes == null ? null : recordId(batch, 'verdict', supersedes, ['supersedes']),
    revision: revision ?? null,
    revision_note: note ?? null,
  };
}

export function addAttribution(batch: Batch, id: string, record: RecordForm<'attribution'>): string {
  const statement = recordId(batch, 'statement', record.statement, ['statement']);
  if (record.purgedBecause == null && record.evidence.length === 0)
    throw Invalid.at(['evidence'], 'an attribution needs at least one source');
  batch.rows.attributions.push({
    id,
    statement_id: statement,
    ...publisher(batch, record),
    status: record.status,
    summary: record.summary ?? null,
    ...dateColumns('decided', decidedOn(record.decidedAt, batch.at)),
    ...stateful(batch, record),
  });
  cite(batch, { attribution_id: id }, record.evidence, 'evidence');
  return id;
}

/** Whose finding it is. In a file of our own that is said; else it is ours where the publisher is we. */
function publisher(batch: Batch, { by, ours }: { by?: PersonReferred | null | undefined; ours?: boolean | undefined }) {
  const us = () =>
    batch.found.bearers.get(comparable(batch.run.ourName))?.find(({ kind }) => kind === 'organization')?.id;
  if (by == null) {
    const ourId = us() ?? personId(batch, { name: batch.run.ourName, kind: 'organization' }, 'organization', ['by']);
    return { publisher_id: ourId, ours: true };
  }
  const id = personId(batch, by, 'organization', ['by']);
  return { publisher_id: id, ours: batch.run.isOurs && ours !== undefined ? ours : id === us() };
}
