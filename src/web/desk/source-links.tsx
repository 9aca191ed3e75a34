import type { Evidence, StatementSource } from '../answers.ts';
import { shortened } from '../html/turns.tsx';
import { sourceName } from './source-fields.tsx';

/** The ways to edit the sources of a statement or a finding. */
export function SourceLinks({ sources }: { sources: readonly (StatementSource | Evidence)[] }) {
  if (sources.length === 0) return null;
  return (
    <details class="note">
      <summary>{sources.length === 1 ? 'Edit the source' : 'Edit the sources'}</summary>
      <ul class="points">
        {sources.map((source) => (
          <li>
            <a href={`/desk/sources/${source.id}/edit`} dir="auto">
              {shortened(sourceName(source), 100)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
