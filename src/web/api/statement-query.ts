import type { z } from 'zod';
import { Edtf, Reference } from '../../domain/fields.ts';
import type { StatementFilters } from '../../domain/statements/statement-filters.ts';
import { stances, verdictStatuses } from '../../domain/vocabulary.ts';
import { Invalid } from '../../errors.ts';
import { DateError, parsePeriod } from '../../lib/dates.ts';
import { commaList, listQuery, oneOf, search } from './inputs.ts';

/** The query of every list of statements. */
export function statementQuery<F extends z.ZodRawShape>(more: F) {
  return listQuery(
    {
      from: Edtf.optional().meta({ description: 'EDTF; statements whose time overlaps this date or anything later' }),
      to: Edtf.optional().meta({ description: 'EDTF; statements whose time overlaps this date or anything earlier' }),
      status: oneOf(verdictStatuses).meta({ description: 'Our verdict on a claim of the statement' }),
      anyStatus: oneOf(verdictStatuses).meta({ description: 'Our verdict, or any other publisher’s' }),
      stance: oneOf(stances),
      topic: commaList(Reference).meta({ description: 'Ids or slugs' }),
      q: search,
      ...more,
    },
    'desc',
  );
}

/** The filters in it. Throws `Invalid` where `from` and `to` make no period. */
export function statementFilters({
  from,
  to,
  status,
  anyStatus,
  stance,
  topic,
  q,
}: StatementFilters): StatementFilters {
  try {
    parsePeriod(from, to);
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    throw Invalid.at([to === undefined ? 'from' : 'to'], error.detail);
  }
  return { from, to, status, anyStatus, stance, topic, q };
}
