import type { Issue } from '../../errors.ts';
import { type PageQuery, withQuery } from './page-query.ts';

/** A text field of a form of filters, with what is wrong with it beside it. Whatever has a placeholder is a date. */
export function FilterField({
  name,
  label,
  query,
  issues = [],
  placeholder,
  class: className,
}: {
  name: string;
  label: string;
  query: PageQuery;
  issues?: readonly Issue[];
  placeholder?: string;
  class?: string;
}) {
  const wrong = issues.filter(({ pointer }) => fieldOf(pointer) === name);
  const described = [...(placeholder ? ['dates'] : []), ...(wrong.length ? [`${name}-wrong`] : [])].join(' ');
  return (
    <p class={className}>
      <label for={name}>{label}</label>
      <input
        id={name}
        type="text"
        name={name}
        value={query[name]}
        maxlength={200}
        placeholder={placeholder}
        aria-describedby={described || undefined}
        aria-invalid={wrong.length > 0 || undefined}
      />
      {wrong.length > 0 && (
        <span class="wrong" id={`${name}-wrong`} dir="auto">
          {wrong.map(({ detail }) => detail).join(' ')}
        </span>
      )}
    </p>
  );
}

/** `type` of `/type/0`. */
const fieldOf = (pointer: string): string => pointer.split('/')[1] ?? '';

/** What is wrong with parameters of the address that the form has no field for, each with a way to go on without it. */
export function WrongElsewhere({
  path,
  query,
  issues,
  fields,
}: {
  path: string;
  query: PageQuery;
  issues: readonly Issue[];
  fields: readonly string[];
}) {
  return (
    <>
      {issues
        .map(({ pointer, detail }) => ({ name: fieldOf(pointer), detail }))
        .filter(({ name }) => !fields.includes(name))
        .map(({ name, detail }) => (
          <p class="wrong" role="alert" dir="auto">
            {name}: {detail} <a href={withQuery(path, { ...query, [name]: undefined })}>Leave it out</a>
          </p>
        ))}
    </>
  );
}

/** How dates are written in the fields above it. */
export function DatesNote() {
  return (
    <p class="note" id="dates">
      Write dates as exactly as you like: 2025, 2025-02 or 2025-02-08. Whatever may have been said then is found. “As it
      stood on” takes a day.
    </p>
  );
}
