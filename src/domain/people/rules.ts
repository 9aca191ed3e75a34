import { parseEdtf } from '../../lib/dates.ts';
import { lower, upper } from '../date-columns.ts';

/**
 * The time for which a role was held, from the whole of `from` to the whole of `to`, as PostgreSQL bounds.
 * `wrong` says in a sentence why the two make no period.
 */
export function rolePeriod(
  from: string | null | undefined,
  to: string | null | undefined,
): { heldFrom: string; heldUntil: string; wrong?: string } {
  const start = from == null ? null : parseEdtf(from).from;
  const end = to == null ? null : parseEdtf(to).until;
  const wrong = start !== null && end !== null && start >= end ? { wrong: 'must not be before "from"' } : {};
  return { heldFrom: lower(start), heldUntil: upper(end), ...wrong };
}
