import { z } from 'zod';
import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import { AssignRecords, assignRecords, reviewed } from '../../domain/queues/assign-records.ts';
import { NOBODY, type QueueFilters, queueFacets } from '../../domain/queues/queue-filters.ts';
import { type QueueName, queues } from '../../domain/queues/queued.ts';
import { listQueue, MOST_IN_QUEUE, type QueueItem } from '../../domain/queues/queues.ts';
import { may } from '../../domain/users/permissions.ts';
import { userList } from '../../domain/users/user-list.ts';
import { states } from '../../domain/vocabulary.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { parseEdtf } from '../../lib/dates.ts';
import { shortened } from '../html/turns.tsx';
import type { Notice } from './layout.tsx';
import { refusalIn } from './moves.tsx';
import { Assigning, QueueFilterForm } from './queue-forms.tsx';
import { Table } from './table.tsx';
import type { Visit } from './visit.ts';

/** What waits for somebody, of one kind of work. */
export async function showQueue(visit: Visit): Promise<void> {
  const said: Record<string, string> = {
    assigned: 'Assigned.',
    two: 'They are two: they are not proposed again.',
  };
  const text = said[visit.field('done')];
  await showQueueWith(visit, visit.typed, text === undefined ? undefined : { text });
}

/** Assigns whatever is ticked, and leads back to the same part of the queue. */
export async function assignTicked(visit: Visit): Promise<void> {
  const { site, session, field, fields, leadTo } = visit;
  const name = queueIn(visit);
  const query = new URLSearchParams(field('query'));
  const records = fields('record')
    .map((one) => one.split(' '))
    .map(([noun, id]) => ({ noun, id }));
  if (records.length === 0)
    return showQueueWith(visit, query, { text: 'Tick what is to be assigned.', bad: true }, 422);
  const input = AssignRecords.parse({ records, to: field('to') === NOBODY ? null : field('to') });
  try {
    await change(site.db, { actor: session, action: 'record.assign' }, (tx) => assignRecords(tx, input));
  } catch (thrown) {
    const { notice, status } = refusalIn(thrown);
    return showQueueWith(visit, query, notice, status);
  }
  query.set('done', 'assigned');
  leadTo(`/desk/queues/${name}?${query}`);
}

/** The parameters of a queue's address; what is left empty filters nothing. */
const Filters = z.object({
  noun: z.enum(reviewed).optional(),
  topic: Id.optional(),
  person: Id.optional(),
  by: Id.optional(),
  assignee: z.union([Id, z.literal(NOBODY)]).optional(),
  days: z.coerce.number().int().min(0).max(36_500).optional(),
});

function filtersIn(query: URLSearchParams): QueueFilters {
  const told = Object.fromEntries([...query].filter(([, value]) => value !== ''));
  const read = Filters.safeParse(told);
  if (!read.success) {
    const [{ path, message } = { path: [], message: '' }] = read.error.issues;
    throw Invalid.at(path.map(String), message);
  }
  return read.data;
}

async function showQueueWith(visit: Visit, query: URLSearchParams, notice?: Notice, status = 200): Promise<void> {
  const { site, session, show } = visit;
  const name = queueIn(visit);
  const filters = filtersIn(query);
  const asking = { user: session.id, today: site.now().toISOString().slice(0, 10) };
  const isOfRecords = !['people', 'imports', 'mentions'].includes(name);
  const [items, facets, users] = await Promise.all([
    listQueue(site.db, name, asking, filters),
    isOfRecords ? queueFacets(site.db, name, asking) : undefined,
    userList(site.db),
  ]);
  const mayAssign = isOfRecords && may(session, 'record.add');
  const colleagues = users.filter(
    (user) => user.id === session.id || (may(session, 'record.assign') && !user.disabled && may(user, 'record.add')),
  );
  const table = <QueueTable name={name} items={items} ticked={mayAssign} />;
  const isFiltered = Object.keys(filters).length > 0;
  const main = (
    <>
      {facets && (items.length > 0 || isFiltered) && <QueueFilterForm name={name} facets={facets} filters={filters} />}
      {items.length === 0 ? (
        <p class="empty">{isFiltered ? 'Nothing that waits here fits.' : 'Nothing waits here.'}</p>
      ) : mayAssign ? (
        <Assigning visit={visit} name={name} query={query} users={colleagues}>
          {table}
        </Assigning>
      ) : (
        table
      )}
    </>
  );
  await show({ title: queues[name], main, notice }, status);
}

function queueIn({ req }: Visit): QueueName {
  const name = String(req.params.queue);
  if (!Object.hasOwn(queues, name)) throw new NotFound('queue', name);
  return name as QueueName;
}

interface Queue {
  name: QueueName;
  items: readonly QueueItem[];
  /** Whether each can be ticked. */
  ticked: boolean;
}

function QueueTable({ name, items, ticked }: Queue) {
  const since = name === 'due' ? 'Due' : 'Since';
  const columns = name === 'people' ? ['Who', since] : ['What', 'Written by', 'Assigned to', since];
  return (
    <>
      {items.length === MOST_IN_QUEUE && <p class="note">These are the first {MOST_IN_QUEUE}.</p>}
      <Table columns={columns}>
        {items.map((item) => (
          <QueueRow item={item} ticked={ticked} />
        ))}
      </Table>
    </>
  );
}

function QueueRow({ item, ticked }: { item: QueueItem; ticked: boolean }) {
  const { noun, id, other, claim, title, state, by, assignee, since } = item;
  const paths = {
    import: `/api/v1/imports/${id}`,
    proposal: `/desk/proposals/${id}`,
    people: `/desk/people/${id}/merge?into=${other}`,
  };
  const onClaim = claim && `/desk/claims/${claim}${noun === 'comment' ? `#comment-${id}` : ''}`;
  const path = noun in paths ? paths[noun as keyof typeof paths] : onClaim;
  const short = shortened(title, 140);
  return (
    <tr>
      <td class={ticked ? 'ticked' : undefined}>
        {ticked && <input type="checkbox" name="record" value={`${noun} ${id}`} aria-label={`Tick “${short}”`} />}
        {path ? (
          <a href={path} dir="auto">
            {short}
          </a>
        ) : (
          <bdi>{short}</bdi>
        )}
        {noun === 'proposal' && <p class="note">Proposed edit</p>}
        {state && (
          <p class="note">
            {noun.charAt(0).toUpperCase() + noun.slice(1)}, {states[state as keyof typeof states].label.toLowerCase()}
          </p>
        )}
      </td>
      {noun !== 'people' && (
        <>
          <td>
            <bdi>{by ?? '–'}</bdi>
          </td>
          <td>
            <bdi>{assignee ?? '–'}</bdi>
          </td>
        </>
      )}
      <td>
        <time datetime={since}>{parseEdtf(since.slice(0, 10)).text}</time>
      </td>
    </tr>
  );
}
