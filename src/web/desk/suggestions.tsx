import { renderToString } from 'preact-render-to-string';
import { DateError, parseEdtf } from '../../lib/dates.ts';
import { key } from '../../lib/text.ts';
import { readTypedDate } from '../../lib/typed-dates.ts';
import type { ListOf, Person } from '../answers.ts';
import { VerdictBadge } from '../html/verdict.tsx';
import { NEW } from './meant.ts';
import { matchesOf } from './repeats.tsx';
import type { Visit } from './visit.ts';

/** People whom a name may mean, as options of the field that asks; last, unless only who is known will do, somebody new. */
export async function suggestPeople({ ask, field }: Visit): Promise<string> {
  const typed = field('q').trim();
  if (typed === '') return '';
  const { items } = await ask<ListOf<Person>>('/people', {}, { q: typed.slice(0, 200), limit: '8' });
  const isKnown = items.some(({ names, name }) =>
    [name, ...names.map((one) => one.name)].some((one) => key(one) === key(typed)),
  );
  const called = items.map(({ name }) => key(name));
  return renderToString(
    <>
      {items.map(({ name, slug, roles }) => {
        // Where two are called the same, the slug says who is meant.
        const value = called.filter((one) => one === key(name)).length > 1 ? slug : name;
        const role = roles.at(-1);
        return (
          <div role="option" tabIndex={-1} aria-selected="false" data-autocomplete-value={value}>
            <bdi>{name}</bdi> {role && <span class="note">{role.title}</span>}
          </div>
        );
      })}
      {!isKnown && !field('known') && (
        <div role="option" tabIndex={-1} aria-selected="false" data-autocomplete-value={typed} data-new={NEW}>
          Somebody new: <bdi>{typed}</bdi>
        </div>
      )}
    </>,
  );
}

/** Claims that a text may mean, as options of the field that asks. */
export async function suggestClaims({ site, field }: Visit): Promise<string> {
  const text = field('q').trim().slice(0, 5000);
  const { items } = await matchesOf(site, text, 8);
  const options = items.map((claim) =>
    renderToString(
      <div role="option" tabIndex={-1} aria-selected="false" data-autocomplete-value={claim.slug}>
        <bdi lang={claim.language}>{claim.text}</bdi> <VerdictBadge status={claim.verdict.status} />
      </div>,
    ),
  );
  return options.join('');
}

/** How a date is understood as it is typed. */
export function understandDate({ field, site }: Visit): { readings: object[] } | { problem: string } {
  try {
    const readings = readTypedDate(field('text'), site.now().toISOString().slice(0, 10));
    return { readings: readings.map((edtf) => ({ edtf, text: parseEdtf(edtf).text })) };
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    return { problem: error.detail };
  }
}
