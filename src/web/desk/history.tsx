import type { z } from 'zod';
import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import { type RestorableNoun, RestoreRecord, restoreRecord } from '../../domain/history/restore-record.ts';
import { may } from '../../domain/users/permissions.ts';
import type { HistoryEntry, ListOf } from '../answers.ts';
import { Diff } from './diff.tsx';
import { fieldName } from './field-name.ts';
import { FormToken } from './forms.tsx';
import type { DeskPage } from './layout.tsx';
import { refusalIn } from './moves.tsx';
import { Day } from './table.tsx';
import type { Visit } from './visit.ts';

/** The records whose history has a page, and where the API has them. */
export const historied: Record<string, { noun: RestorableNoun; param: string }> = {
  claims: { noun: 'claim', param: 'claim' },
  people: { noun: 'person', param: 'person' },
  statements: { noun: 'statement', param: 'id' },
  sources: { noun: 'source', param: 'id' },
};

type Entry = z.output<typeof HistoryEntry>;

/** Who changed what of a record, when and why, newest first; each earlier state can be restored. */
export async function showHistory(visit: Visit, kind: string): Promise<void> {
  await showHistoryWith(visit, kind);
}

async function showHistoryWith(visit: Visit, kind: string, notice?: DeskPage['notice'], status = 200): Promise<void> {
  const { ask, req, session, token } = visit;
  const { noun, param } = historied[kind]!;
  const reference = { [param]: String(req.params.reference) };
  const path = `/${kind}/{${param}}`;
  const cursor = visit.field('cursor');
  const [record, { items, page }] = await Promise.all([
    ask<{ id: string; version: number; text?: string; name?: string; quote?: string | null; title?: string | null }>(
      path,
      reference,
    ),
    ask<ListOf<Entry>>(`${path}/history`, reference, cursor ? { cursor } : {}),
  ]);
  const main = (
    <>
      <p class="lead" dir="auto">
        {record.text ?? record.name ?? record.quote ?? record.title ?? `This ${noun}`}
      </p>
      <ol class="history">
        {items.map((entry, index) => (
          <li>
            <h2>
              {entry.action} <span class="note">{entry.by?.name ?? 'at the command line'}, </span>
              {entry.proposedBy.length > 0 && (
                <span class="note">proposed by {entry.proposedBy.map(({ name }) => name).join(' and ')}, </span>
              )}
              <span class="note">
                <Day instant={entry.at} />
              </span>
            </h2>
            {entry.reason && <p>{entry.reason}</p>}
            <dl class="differences">
              {entry.fields.map(({ field, before, after }) => (
                <>
                  <dt>{fieldName(field)}</dt>
                  <dd dir="auto">
                    <Diff before={inWords(before)} after={inWords(after)} />
                  </dd>
                </>
              ))}
            </dl>
            {(index > 0 || cursor) && may(session, 'own-draft.edit') && (
              <form method="post" action={`/desk/${kind}/${record.id}/history`}>
                <FormToken token={token} />
                <input type="hidden" name="version" value={record.version} />
                <button type="submit" name="change" value={entry.change}>
                  Restore<span class="aside"> what stood after this change</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ol>
      {page.next && <a href={`/desk/${kind}/${record.id}/history?cursor=${encodeURIComponent(page.next)}`}>Earlier</a>}
    </>
  );
  await visit.show({ title: 'History', main, notice }, status);
}

export async function restoreOne(visit: Visit, kind: string): Promise<void> {
  const { site, session, req, field } = visit;
  const input = RestoreRecord.parse({ change: field('change'), version: Number(field('version')) });
  const { noun } = historied[kind]!;
  const id = Id.parse(req.params.reference);
  try {
    await change(site.db, { actor: session, action: 'record.restore' }, (tx) => restoreRecord(tx, noun, id, input));
  } catch (thrown) {
    const { notice, status } = refusalIn(thrown);
    return showHistoryWith(visit, kind, notice, status);
  }
  visit.leadTo(`/desk/${kind}/${id}/history`);
}

/** A value as text: a record by its label, what has parts by these. */
function inWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if ('label' in value) return String(value.label ?? 'an erased record');
  return Object.entries(value)
    .filter(([name, part]) => name !== 'id' && part !== null)
    .map(([name, part]) => `${fieldName(name)}: ${inWords(part)}`)
    .join('; ');
}
