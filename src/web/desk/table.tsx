import type { ComponentChildren } from 'preact';

/** Rows under the names of their columns; on a narrow screen it scrolls by itself. */
export function Table({ columns, children }: { columns: readonly string[]; children: ComponentChildren }) {
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column || <span class="aside">Actions</span>}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** An instant to the minute, in UTC. */
export function Day({ instant }: { instant: string }) {
  return <time datetime={instant}>{`${instant.slice(0, 10)} ${instant.slice(11, 16)}`}</time>;
}
