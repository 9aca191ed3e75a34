import type { Difference } from './differences.ts';
import { fieldName } from './field-name.ts';
import { Table } from './table.tsx';

/** What somebody else has changed while a form was written: both versions, field by field, to choose from. */
export function Conflict({ differences }: { differences: readonly Difference[] }) {
  return (
    <section class="notice bad" role="alert" aria-labelledby="conflict">
      <h2 id="conflict">Somebody else has changed this meanwhile</h2>
      <p>
        Nothing is overwritten and nothing of yours is lost.{' '}
        {differences.length > 0
          ? 'Tick what stays as it is now; the rest is as you have it below. Then save again.'
          : 'It is not in these fields: save again.'}
      </p>
      {differences.length > 0 && (
        <Table columns={['Field', 'Yours', 'As it is now', 'Keep theirs']}>
          {differences.map(({ name, mine, theirs, untouched }) => (
            <tr>
              <th scope="row" id={`${name}.differs`}>
                {fieldName(name)}
              </th>
              <td dir="auto">{mine || <em class="note">nothing</em>}</td>
              <td dir="auto">{theirs || <em class="note">nothing</em>}</td>
              <td>
                <input
                  type="checkbox"
                  name="take"
                  value={name}
                  checked={untouched}
                  aria-labelledby={`${name}.differs`}
                />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
