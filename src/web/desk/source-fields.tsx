import type { citationRoles } from '../../domain/vocabulary.ts';
import type { Evidence, StatementSource } from '../answers.ts';
import { ReadsPages } from './reads-pages.ts';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';

/** What is known of a cited source. `prefix` is its place in the input, `statement/sources/0/`. */
export function SourceFields({
  of,
  prefix,
  roles,
}: {
  of: Typing;
  prefix: string;
  /** As what it may be cited, the likeliest first. */
  roles: Partial<typeof citationRoles>;
}) {
  const named = (name: string) => ({ of, name: `${prefix}${name}` });
  return (
    <>
      <TextField {...named('url')} label="Address" type="url" inputmode="url" />
      <FillIn of={of} prefix={prefix} />
      <div class="together">
        <PersonField {...named('publisher')} label="Publisher" />
        <TextField {...named('title')} label="Title" />
      </div>
      <LongField {...named('excerpt/exact')} label="The words in it" rows={2} />
      <details open={isFilled(of, prefix, ['author', 'publishedOn', 'language'])}>
        <summary>More of the source</summary>
        <div class="together">
          <WordField {...named('role')} label="It is cited as" words={roles} />
          <TextField {...named('author')} label="Author" />
          <DateField {...named('publishedOn')} label="Published" />
          <TextField {...named('language')} label="Language of the source" size={6} maxlength={35} />
        </div>
      </details>
    </>
  );
}

/** Fills in what the page at the address says of itself, where pages are read. */
function FillIn({ of, prefix }: { of: Typing; prefix: string }, readsPages = false) {
  if (!readsPages) return null;
  return (
    <p class="fill">
      <button type="submit" formaction="/desk/fill" formnovalidate name="fill" value={prefix} data-fill>
        Fill in from the page
      </button>
      <span class="note" role="status">
        {of.typed.get(`${prefix}url.said`)}
      </span>
    </p>
  );
}
FillIn.contextType = ReadsPages;

/** Whether something below `prefix` was typed, is wrong, or is to be chosen, so that it must be seen. */
export const isFilled = ({ typed, mistakes, choices }: Typing, prefix: string, names: readonly string[]): boolean =>
  names.map((name) => prefix + name).some((name) => typed.get(name) || name in mistakes || name in choices);

/** What a source is called, as far as it is known: by publisher and title, else the address. */
export function sourceName({
  publisher,
  title,
  url,
}: Pick<StatementSource | Evidence, 'publisher' | 'title' | 'url'>): string {
  const by = typeof publisher === 'string' ? publisher : publisher?.name;
  return [by, title ?? url].filter(Boolean).join(', ') || 'A source without a title';
}

/** Of sources as typed, those of which more was said than as what they are cited. */
export const toldSources = (sources: unknown): object[] =>
  ((sources as object[] | undefined) ?? []).filter((source) => Object.keys(source).some((name) => name !== 'role'));
