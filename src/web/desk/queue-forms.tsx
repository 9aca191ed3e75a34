import type { ComponentChildren } from 'preact';
import { NOBODY, type Option, type QueueFacets, type QueueFilters } from '../../domain/queues/queue-filters.ts';
import type { QueueName } from '../../domain/queues/queued.ts';
import { Field, FormToken, Labelled } from './forms.tsx';
import type { Visit } from './visit.ts';

const kinds = {
  claim: 'Claims',
  statement: 'Statements',
  verdict: 'Verdicts',
  attribution: 'Attributions',
  proposal: 'Proposed edits',
};
const nobody = { id: NOBODY, label: 'Nobody' };

/** Narrows a queue down by what is in it. */
export function QueueFilterForm({
  name,
  facets: { topics, people, authors, assignees },
  filters,
}: {
  name: QueueName;
  facets: QueueFacets;
  filters: QueueFilters;
}) {
  const nouns = Object.entries(kinds).map(([id, label]) => ({ id, label }));
  const isOfClaims = name === 'disputed' || name === 'due';
  return (
    <form class="filters" action={`/desk/queues/${name}`}>
      {!isOfClaims && <Select name="noun" label="Kind" options={nouns} chosen={filters.noun} />}
      <Select name="topic" label="Topic" options={topics} chosen={filters.topic} />
      <Select name="person" label="Who it is about, or said it" options={people} chosen={filters.person} />
      <Select name="by" label="Written by" options={authors} chosen={filters.by} />
      <Select name="assignee" label="Assigned to" options={[nobody, ...assignees]} chosen={filters.assignee} />
      {name !== 'due' && (
        <Field
          name="days"
          label="For more days than"
          type="number"
          min={0}
          max={36500}
          value={filters.days ?? ''}
          class="short"
        />
      )}
      <button type="submit">Show</button>
      {Object.keys(filters).length > 0 && <a href={`/desk/queues/${name}`}>All</a>}
    </form>
  );
}

/** Nothing where there is nothing to choose. */
function Select(props: { name: string; label: string; options: readonly Option[]; chosen: string | undefined }) {
  const { name, label, options, chosen } = props;
  if (options.length === 0 && chosen === undefined) return null;
  return (
    <Labelled
      name={name}
      label={label}
      control={(tied) => (
        <select {...tied}>
          <option value="">Any</option>
          {options.map(({ id, label: called }) => (
            <option value={id} selected={id === chosen}>
              {called}
            </option>
          ))}
          {chosen !== undefined && !options.some(({ id }) => id === chosen) && (
            <option value={chosen} selected>
              Nothing here
            </option>
          )}
        </select>
      )}
    />
  );
}

/** The table of a queue in a form that assigns what is ticked in it. */
export function Assigning({
  visit: { session, token },
  name,
  query,
  users,
  children,
}: {
  visit: Visit;
  name: QueueName;
  query: URLSearchParams;
  users: readonly { id: string; name: string }[];
  children: ComponentChildren;
}) {
  const filters = new URLSearchParams([...query].filter(([field, value]) => value !== '' && field !== 'done'));
  return (
    <form method="post" action={`/desk/queues/${name}/assign`} class="assigning">
      <FormToken token={token} />
      <input type="hidden" name="query" value={String(filters)} />
      {children}
      <div class="filters">
        <Labelled
          name="to"
          label="Assign what is ticked to"
          control={(tied) => (
            <select {...tied}>
              {users.map((user) => (
                <option value={user.id} selected={user.id === session.id}>
                  {user.name}
                </option>
              ))}
              <option value={NOBODY}>Nobody</option>
            </select>
          )}
        />
        <button type="submit">Assign</button>
      </div>
    </form>
  );
}
