import type { Batch } from './batch.ts';
import { addClaim, addTopic } from './claim-rows.ts';
import { addAttribution, addVerdict } from './finding-rows.ts';
import { addPerson } from './person-rows.ts';
import type { Noun, RecordForm } from './record-form.ts';
import { addSource } from './source-rows.ts';
import { addStatement } from './statement-rows.ts';

/**
 * Adds the rows of a record to a batch, under `id`, and returns its id: another one where it was met. Throws `Invalid`,
 * `Conflict`, `Gone` as the acts do.
 */
export function addRows(batch: Batch, id: string, record: RecordForm): string {
  const add = builders[record.type] as (batch: Batch, id: string, record: RecordForm) => string;
  return add(batch, id, record);
}

const builders: { [N in Noun]: (batch: Batch, id: string, record: RecordForm<N>) => string } = {
  person: addPerson,
  topic: addTopic,
  source: addSource,
  claim: addClaim,
  statement: addStatement,
  verdict: addVerdict,
  attribution: addAttribution,
};
