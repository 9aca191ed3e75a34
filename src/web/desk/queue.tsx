import { listQueue, MOST_IN_QUEUE, type QueueItem, type QueueName, queues } from '../../domain/queues/queues.ts';
import { states } from '../../domain/vocabulary.ts';
import { NotFound } from '../../errors.ts';
import { parseEdtf } from '../../lib/dates.ts';
import { shortened } from '../html/turns.tsx';
import { Table } from './table.tsx';
import type { Visit } from './visit.ts';

/** What waits for somebody, of one kind of work. */
export async function showQueue({ site, session, req, show, field }: Visit): Promise<void> {
  const name = String(req.params.queue);
  if (!isQueue(name)) throw new NotFound('queue', name);
  const items = await listQueue(site.db, name, { user: session.id, today: site.now().toISOString().slice(0, 10) });
  const main =
    items.length === 0 ? (
      <p class="empty">Nothing waits here.</p>
    ) : (
      <>
        {items.length === MOST_IN_QUEUE && <p class="note">These are the first {MOST_IN_QUEUE}.</p>}
        <Table columns={['What', 'Written by', name === 'due' ? 'Due' : 'Since']}>
          {items.map((item) => (
            <QueueRow item={item} />
          ))}
        </Table>
      </>
    );
  const notice = field('done') === 'two' ? { text: 'They are two: they are not proposed again.' } : undefined;
  await show({ title: queues[name], main, notice });
}

const isQueue = (name: string): name is QueueName => Object.hasOwn(queues, name);

function QueueRow({ item: { noun, id, other, claim, title, state, by, since } }: { item: QueueItem }) {
  const kind = noun.charAt(0).toUpperCase() + noun.slice(1);
  const paths = { import: `/api/v1/imports/${id}`, people: `/desk/people/${id}/merge?into=${other}` };
  const path = noun === 'import' || noun === 'people' ? paths[noun] : claim && `/desk/claims/${claim}`;
  return (
    <tr>
      <td>
        {path ? (
          <a href={path} dir="auto">
            {shortened(title, 140)}
          </a>
        ) : (
          <bdi>{shortened(title, 140)}</bdi>
        )}
        <br />
        <span class="note">
          {kind}
          {state && `, ${states[state as keyof typeof states].label.toLowerCase()}`}
        </span>
      </td>
      <td>
        <bdi>{by ?? '–'}</bdi>
      </td>
      <td>
        <time datetime={since}>{parseEdtf(since.slice(0, 10)).text}</time>
      </td>
    </tr>
  );
}
