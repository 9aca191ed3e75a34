import type { ComponentChildren } from 'preact';
import { citationRoles, quoteKinds } from '../../domain/vocabulary.ts';
import { isFilled, SourceFields, toldSources } from './source-fields.tsx';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';

/**
 * Who said what, when, where, and how we know: the fields of a statement, in the order in which a fact-checker thinks.
 * `prefix` is the place of the statement in the input, `statement/` or nothing.
 */
export function UtteranceFields({
  of,
  prefix,
  children,
}: {
  of: Typing;
  prefix: string;
  /** How we know. */
  children?: ComponentChildren;
}) {
  const named = (name: string) => ({ of, name: `${prefix}${name}` });
  return (
    <>
      <PersonField {...named('person')} label="Who" hint="A name in any spelling, or a slug." />
      <LongField {...named('quote')} label="What was said" />
      <div class="together">
        <WordField {...named('quoteKind')} label="Given as" words={quoteKinds} />
        <TextField {...named('language')} label="Language" size={6} maxlength={35} />
      </div>
      <div class="together">
        <DateField {...named('saidOn')} label="When" hint="8 Feb 2025, about March 2025, yesterday, 2025-02-08~" />
        <TextField {...named('venue')} label="Where" hint="Interview, press briefing, post" />
      </div>
      {children}
      <details
        open={isFilled(of, prefix, [
          'onBehalfOf',
          'role',
          'originalLanguage',
          'original',
          'askedOn',
          'askedBy',
          'deadline',
        ])}
      >
        <summary>Translation, on whose behalf, silence</summary>
        <div class="together">
          <PersonField {...named('onBehalfOf')} label="On behalf of" />
          <TextField {...named('role')} label="In the role of" hint="Where the dated roles do not decide" />
        </div>
        <TextField {...named('originalLanguage')} label="Original language" size={6} maxlength={35} />
        <LongField {...named('original')} label="In the speaker’s own words" rows={2} />
        <div class="together">
          <DateField {...named('askedOn')} label="Asked on" hint="Of a silence" />
          <PersonField {...named('askedBy')} label="Asked by" />
          <DateField {...named('deadline')} label="With time until" />
        </div>
      </details>
    </>
  );
}

/** The source that a statement is logged with. */
export function FirstSource({ of, prefix }: { of: Typing; prefix: string }) {
  return (
    <fieldset>
      <legend>Source</legend>
      <SourceFields of={of} prefix={`${prefix}sources/0/`} roles={citationRoles} />
    </fieldset>
  );
}

export const utterancePeople = ['person', 'onBehalfOf', 'askedBy', 'sources/0/publisher'];
export const utteranceDates = ['saidOn', 'askedOn', 'deadline', 'sources/0/publishedOn'];

/** What a new form of a statement has in advance. */
export const utteranceInAdvance = { quoteKind: 'verbatim', language: 'en', 'sources/0/role': 'primary' };

/** A source of which nothing but its role was said is none. */
export function withoutEmptySource<T extends { sources?: unknown }>({ sources, ...rest }: T): object {
  const told = toldSources(sources);
  return told.length ? { ...rest, sources: told } : rest;
}
