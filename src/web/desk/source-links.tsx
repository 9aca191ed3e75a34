import type { Evidence, StatementSource } from '../answers.ts';
import { shortened } from '../html/turns.tsx';

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
              {shortened(nameOf(source), 100)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** As far as it is known: publisher and title, else the address. */
function nameOf({ publisher, title, url }: StatementSource | Evidence): string {
  const by = typeof publisher === 'string' ? publisher : publisher?.name;
  return [by, title ?? url].filter(Boolean).join(', ') || 'A source without a title';
}
