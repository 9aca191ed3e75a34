import type { Reader } from '../../db/types.ts';
import type { PersonReference } from '../../domain/fields.ts';
import { findBearers } from '../../domain/people/bearers.ts';
import { findPersonId } from '../../domain/people/find-or-make-person.ts';
import { lookUpPeople } from '../../domain/search/people-lookup.ts';
import { DateError, parseEdtf } from '../../lib/dates.ts';
import { isId } from '../../lib/ids.ts';
import { isSlug } from '../../lib/slugs.ts';
import { key } from '../../lib/text.ts';
import { readTypedDate } from '../../lib/typed-dates.ts';
import type { Typed } from './typed-form.ts';

/** What a text can mean where it does not say for sure: whoever typed it chooses. */
export interface Choice {
  /** What is sent as `name.is` when it is chosen. */
  is: string;
  label: string;
}

/** What a field means, or the choice that its writer has. */
export type Meant<T> = { is: T } | { choices: Choice[]; because: string };

/** What was chosen before for just this text: by the script of the page, or from the choices. */
export const chosen = (typed: Typed, name: string): string | undefined =>
  typed.get(`${name}.for`) === typed.get(name) ? typed.get(`${name}.is`) || undefined : undefined;

/**
 * The field of a person or organization as a form has it in advance. Several may be called the same: it is this one as long
 * as the name in the field is not changed.
 */
export const whoIs = (name: string, who: { id: string; name: string } | null): Record<string, string> => ({
  [name]: who?.name ?? '',
  [`${name}.for`]: who?.name ?? '',
  [`${name}.is`]: who?.id ?? '',
});

/** As `name.is`: a new person of the name typed. No slug has a blank. */
export const NEW = 'somebody new';

/**
 * Whom a name means: who alone bears it, whom it names by slug or id, or who was chosen. Nobody is made unasked, so that
 * a slip makes no new person.
 */
export async function whoIsMeant(db: Reader, typed: Typed, name: string): Promise<Meant<PersonReference>> {
  const text = (typed.get(name) ?? '').trim();
  const choice = chosen(typed, name);
  if (choice === NEW) return { is: { name: text } };
  if (choice !== undefined) return { is: choice };
  const bearers = (await findBearers(db, [text])).get(key(text)) ?? [];
  if (bearers.length === 1) return { is: bearers[0]!.slug };
  if ((isId(text) || isSlug(text)) && (await findPersonId(db, text))) return { is: text };
  if (bearers.length > 1) {
    const choices = bearers.map(({ slug, name: called }) => ({ is: slug, label: `${called} (${slug})` }));
    return { because: `Several bear the name “${text}”. Which one is it?`, choices };
  }
  const found = (await lookUpPeople(db, text, { audience: 'desk' })).slice(0, 5);
  return {
    because: `Nobody on record is called “${text}”. Who is it?`,
    choices: [
      ...found.map(({ id, name: called }) => ({ is: id, label: called })),
      { is: NEW, label: `Somebody new: ${text}` },
    ],
  };
}

/** What a date as typed means, as EDTF. Throws `DateError` for what can be no date. */
export function whenIsMeant(typed: Typed, name: string, now: Date): Meant<string> {
  const text = (typed.get(name) ?? '').trim();
  const choice = chosen(typed, name);
  if (choice !== undefined) return { is: choice };
  if (isEdtf(text)) return { is: text };
  const choices = readTypedDate(text, now.toISOString().slice(0, 10)).map((edtf) => ({
    is: edtf,
    label: dateLabel(edtf),
  }));
  const because =
    choices.length > 1 ? `“${text}” can be read in two ways. Which one is it?` : `“${text}” is understood as:`;
  return { choices, because };
}

/** `about 8 February 2025 (2025-02-08~)` */
export const dateLabel = (edtf: string): string => `${parseEdtf(edtf).text} (${edtf})`;

function isEdtf(text: string): boolean {
  try {
    parseEdtf(text);
    return true;
  } catch (error) {
    if (error instanceof DateError) return false;
    throw error;
  }
}
