import { citationRoles } from '../../domain/vocabulary.ts';
import type { Evidence } from '../answers.ts';
import { isFilled, SourceFields, sourceName, toldSources } from './source-fields.tsx';
import { LongField, type Typing, WordField } from './typed-fields.tsx';
import { rowsOf, type Typed, withoutEmptyRows } from './typed-form.ts';

/** Pieces of evidence that a new form has room for; more go in over the API. */
const ROOM = 5;

const { supports, refutes, context } = citationRoles;
const roles = { supports, refutes, context };

/** What tells something of a piece of evidence. */
const tells = ['url', 'publisher', 'title', 'excerpt/exact', 'author', 'publishedOn', 'language'];

/** Room for new pieces of evidence, after so many that there are. */
const room = (from: number): [string, string][] =>
  Array.from({ length: ROOM }, (_, place) => `evidence/${from + place}`).flatMap((row) => [
    [`${row}/url`, ''],
    [`${row}/role`, 'supports'],
  ]);

/** What was typed without the evidence that is left out, and with room for more. */
export function withRoom(typed: Typed): Typed {
  const told = withoutEmptyRows(typed, 'evidence', tells);
  return new URLSearchParams([...told, ...room(rowsOf(told, 'evidence').length)]);
}

/** The evidence of a finding as the fields of the form say it, and room for more; what is cited already is named by its id. */
export function evidenceAsTyped(evidence: readonly Evidence[]): Record<string, string> {
  const cited = evidence.flatMap(({ id, role, excerpt, ...source }, index) => {
    const fields = { id, 'id.called': sourceName(source), role };
    const told = Object.entries(excerpt ?? {}).map(([name, part]) => [`excerpt/${name}`, part ?? '']);
    return [...Object.entries(fields), ...told].map(([name, value]) => [`evidence/${index}/${name}`, String(value)]);
  });
  return Object.fromEntries([...cited, ...room(evidence.length)]);
}

/** Evidence as typed. Of an excerpt, a time is a number; without words or a time there is none. */
export function evidenceIn(input: unknown): object[] {
  const told = toldSources(input) as { excerpt?: Record<string, string> }[];
  return told.map(({ excerpt, ...source }) => {
    if (excerpt?.exact) return { ...source, excerpt };
    if (!excerpt?.start) return source;
    const seconds = Object.entries(excerpt).map(([name, value]) => [name, Number(value)]);
    return { ...source, excerpt: Object.fromEntries(seconds) };
  });
}

export function EvidenceFields({ of }: { of: Typing }) {
  const rows = rowsOf(of.typed, 'evidence');
  const cited = rows.filter((row) => of.typed.get(`${row}/id`));
  const others = rows.filter((row) => !cited.includes(row));
  const told = others.findLastIndex((row) => isFilled(of, `${row}/`, tells));
  const shown = others.slice(0, Math.max(cited.length ? 1 : 2, told + 2));
  return (
    <>
      {[...cited, ...shown].map((row, index) => (
        <fieldset>
          <legend>{index === 0 ? 'Evidence' : `Evidence ${index + 1}`}</legend>
          {cited.includes(row) ? (
            <CitedFields of={of} row={row} />
          ) : (
            <SourceFields of={of} prefix={`${row}/`} roles={roles} />
          )}
        </fieldset>
      ))}
    </>
  );
}

/** A source that is cited already: as what, with which words, and whether it stays. */
function CitedFields({ of, row }: { of: Typing; row: string }) {
  const { typed } = of;
  const hidden = ['id', 'id.called', 'excerpt/prefix', 'excerpt/suffix', 'excerpt/start', 'excerpt/end'];
  const called = typed.get(`${row}/id.called`) ?? '';
  return (
    <>
      {hidden.map((name) => (
        <input type="hidden" name={`${row}/${name}`} value={typed.get(`${row}/${name}`) ?? ''} />
      ))}
      <p>
        <bdi>{called}</bdi>
      </p>
      <LongField of={of} name={`${row}/excerpt/exact`} label="The words in it" rows={2} />
      <div class="together">
        <WordField of={of} name={`${row}/role`} label="It is cited as" words={roles} />
        <label class="choice">
          <input type="checkbox" name="gone" value={row} checked={typed.getAll('gone').includes(row)} /> Leave out
          <span class="aside"> “{called}”</span>
        </label>
      </div>
    </>
  );
}

export const evidencePeople = (typed: Typed): string[] => rowsOf(typed, 'evidence').map((row) => `${row}/publisher`);
export const evidenceDates = (typed: Typed): string[] => rowsOf(typed, 'evidence').map((row) => `${row}/publishedOn`);
