import { Invalid } from '../../errors.ts';
import { parseEdtf } from '../../lib/dates.ts';

/** When a finding was decided: as sent or, unsent, the stamp of the change to the second, in UTC. */
export function decidedOn(sent: string | undefined, stamp: string): string {
  if (sent === undefined) return `${stamp.slice(0, 19)}Z`;
  const { from, until } = parseEdtf(sent);
  if (from === null || until === null) throw Invalid.at(['decidedAt'], 'must have a beginning and an end');
  return sent;
}
