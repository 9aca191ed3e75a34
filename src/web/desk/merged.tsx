import { change } from '../../db/change.ts';
import type { MergeableNoun } from '../../domain/history/merge-record.ts';
import type { MergedRecord } from '../../domain/history/merged-records.ts';
import { unmergeRecord } from '../../domain/history/unmerge-record.ts';
import { may } from '../../domain/users/permissions.ts';
import { shortened } from '../html/turns.tsx';
import { FormToken } from './forms.tsx';
import type { Notice } from './layout.tsx';
import type { Visit } from './visit.ts';

/** The records of which two may be one, by the word in their address. */
export const mergeable = { people: 'person', claims: 'claim' } as const satisfies Record<string, MergeableNoun>;
export type MergeableKind = keyof typeof mergeable;

export function MergeLink({ visit: { session }, path }: { visit: Visit; path: string }) {
  if (!may(session, 'record.merge')) return null;
  return (
    <a href={`${path}/merge`} data-key="m" aria-keyshortcuts="m">
      Merge with another
    </a>
  );
}

/** Which others this record stands for; each can be set apart again at any time. */
export function MergedHere({
  visit,
  kind,
  merged,
}: {
  visit: Visit;
  kind: MergeableKind;
  merged: readonly MergedRecord[];
}) {
  if (merged.length === 0) return null;
  return (
    <section aria-labelledby="merged">
      <h2 id="merged">Merged into this one</h2>
      <ul class="queue">
        {merged.map((record) => (
          <li>
            <bdi>{record.label}</bdi> <SetApart visit={visit} kind={kind} record={record} deed="Set apart" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SetApart(props: { visit: Visit; kind: MergeableKind; record: MergedRecord; deed: string }) {
  const { visit, kind, record, deed } = props;
  if (!may(visit.session, 'record.merge')) return null;
  return (
    <form method="post" action={`/desk/${kind}/${record.id}/unmerge`}>
      <FormToken token={visit.token} />
      <button type="submit">
        {deed}
        <span class="aside">: set “{shortened(record.label, 60)}” apart again</span>
      </button>
    </form>
  );
}

/** Says, after a merge, that it was done, and how to undo it; after that, that it was undone. */
export function mergeNotice(visit: Visit, kind: MergeableKind, merged: readonly MergedRecord[]): Notice | undefined {
  if (visit.field('done') === 'apart') return { text: 'They are set apart again, as they were before.' };
  const record = merged.find(({ id }) => id === visit.field('merged'));
  return (
    record && {
      text: `“${shortened(record.label, 100)}” is merged into this one.`,
      deed: <SetApart visit={visit} kind={kind} record={record} deed="Undo" />,
    }
  );
}

export async function unmergeOne({ site, session, req, leadTo }: Visit, kind: MergeableKind): Promise<void> {
  const id = await change(site.db, { actor: session, action: 'record.unmerge' }, (tx) =>
    unmergeRecord(tx, mergeable[kind], String(req.params.reference)),
  );
  leadTo(`/desk/${kind}/${id}?done=apart`);
}
