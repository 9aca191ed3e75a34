import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { type ChangeSummary, listChanges } from '../../domain/history/changes.ts';
import { demandOf } from '../../domain/users/permissions.ts';
import { Field } from './forms.tsx';
import { Day, Table } from './table.tsx';
import type { Visit } from './visit.ts';

const PAGE = 50;
const BATCH = 1000;

const filtersOf = ({ field }: Visit) => ({ action: field('action').slice(0, 100), by: field('by').slice(0, 500) });

/** Everything that was done here, the latest first. */
export async function showChanges(visit: Visit): Promise<void> {
  const { site, session, show } = visit;
  demandOf(session, 'user.manage');
  const filters = filtersOf(visit);
  const changes = await listChanges(site.db, filters, PAGE, stampIn(visit));
  const last = changes.length === PAGE ? changes.at(-1)!.at : undefined;
  const main = (
    <>
      <form class="filters" action="/desk/changes">
        <Field name="action" label="What" hint="Such as sign-in, claim or claim.edit" value={filters.action} />
        <Field name="by" label="Who" hint="A part of the name" value={filters.by} />
        <button type="submit">Show</button>
        <a href={`/desk/changes.csv?${new URLSearchParams(filters)}`}>All of these as CSV</a>
      </form>
      {changes.length === 0 ? <p>Nothing of this kind was done.</p> : <ChangesTable changes={changes} />}
      {last && (
        <p>
          <a href={`/desk/changes?${new URLSearchParams({ ...filters, before: last })}`}>Earlier</a>
        </p>
      )}
    </>
  );
  await show({ title: 'Changes', main });
}

function ChangesTable({ changes }: { changes: readonly ChangeSummary[] }) {
  return (
    <Table columns={['When (UTC)', 'What', 'Who', 'Why']}>
      {changes.map(({ at, action, by, token, reason }) => (
        <tr>
          <td>
            <Day instant={at} />
          </td>
          <td>{action}</td>
          <td>
            {by ?? '–'}
            {token && <span class="note"> by token</span>}
          </td>
          <td>{reason}</td>
        </tr>
      ))}
    </Table>
  );
}

/** All of them for a spreadsheet, however many: read and sent a batch at a time. */
export async function exportChanges(visit: Visit, res: Response): Promise<void> {
  const { site, session } = visit;
  demandOf(session, 'user.manage');
  const filters = filtersOf(visit);
  res.set({ 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="changes.csv"' });
  const columns = ['at', 'action', 'by', 'token', 'reason', 'id'];
  const rows = stringify({ header: true, columns, escape_formulas: true });
  rows.pipe(res);
  for (let before: string | null = null; ; ) {
    const batch: ChangeSummary[] = await listChanges(site.db, filters, BATCH, before);
    for (const row of batch) if (!rows.write(row)) await new Promise((resolve) => rows.once('drain', resolve));
    if (batch.length < BATCH || res.destroyed) break;
    before = batch.at(-1)!.at;
  }
  rows.end();
}

function stampIn({ field }: Visit): string | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(field('before')) ? field('before') : null;
}
