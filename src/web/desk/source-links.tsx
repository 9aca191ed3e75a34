import type { Evidence, StatementSource } from '../answers.ts';
import { shortened } from '../html/turns.tsx';

/** The ways to edit the sources of a statement or a finding. */
export function SourceLinks({ sources }: { sources: readonly (StatementSource | Evidence)[] }) {
  return (
    <>
      {sources.map((source) => (
        <a href={`/desk/sources/${source.id}/edit`}>
          Edit source: <bdi>{shortened(nameOf(source), 40)}</bdi>
        </a>
      ))}
    </>
  );
}

function nameOf({ publisher, title, url }: StatementSource | Evidence): string {
  const by = typeof publisher === 'string' ? publisher : publisher?.name;
  return by ?? title ?? url ?? 'without a title';
}
