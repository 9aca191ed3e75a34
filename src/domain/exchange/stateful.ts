import { Invalid } from '../../errors.ts';
import type { Batch } from './batch.ts';
import type { RecordForm } from './record-form.ts';

/** The columns that claims, statements and findings have alike. */
export function stateful(batch: Batch, record: RecordForm<'claim' | 'statement' | 'verdict' | 'attribution'>) {
  const { state = batch.run.stateUnasked, withdrawnBecause = null, purgedBecause = null } = record;
  if (withdrawnBecause !== null && state !== 'withdrawn')
    throw Invalid.at(['withdrawnBecause'], 'is for a record that is withdrawn');
  return {
    // Where four eyes hold, an import publishes nothing.
    state: state === 'published' ? batch.run.stateUnasked : state,
    withdrawn_because: withdrawnBecause,
    created_by: batch.actorId,
    purged_because: purgedBecause,
  };
}
