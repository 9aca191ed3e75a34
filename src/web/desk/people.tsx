import type { ListOf, Person } from '../answers.ts';
import { Table } from './table.tsx';
import type { Visit } from './visit.ts';

/** Everyone on record, public or not, found by a name in any spelling. */
export async function showPeople({ ask, field, show }: Visit): Promise<void> {
  const q = field('q').trim().slice(0, 200);
  const cursor = field('cursor');
  const { items, page } = await ask<ListOf<Person>>(
    '/people',
    {},
    { limit: '50', ...(q && { q }), ...(cursor && { cursor }) },
  );
  const main = (
    <>
      <form class="filters" action="/desk/people">
        <div class="field">
          <label for="q">Name, or part of it</label>
          <input id="q" name="q" value={q} maxlength={200} />
        </div>
        <button type="submit">Find</button>
      </form>
      {items.length === 0 ? (
        <p class="empty">Nobody on record bears that name. Part of any spelling is enough.</p>
      ) : (
        <Table columns={['Name', 'Role']}>
          {items.map(({ slug, name, roles, description }) => (
            <tr>
              <td>
                <a href={`/desk/people/${slug}`} dir="auto">
                  {name}
                </a>
              </td>
              <td dir="auto">{roles.at(-1)?.title ?? description}</td>
            </tr>
          ))}
        </Table>
      )}
      {page.next && (
        <p>
          <a href={`/desk/people?${new URLSearchParams({ ...(q && { q }), cursor: page.next })}`}>More</a>
        </p>
      )}
    </>
  );
  await show({ title: 'People', main });
}
