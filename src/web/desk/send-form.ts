import type { z } from 'zod';
import { type Change, change } from '../../db/change.ts';
import type { Writer } from '../../db/types.ts';
import { asProblem } from '../../db/violations.ts';
import { endUnsentForm } from '../../domain/unsent/end-unsent-form.ts';
import { KeepUnsentForm } from '../../domain/unsent/keep-unsent-form.ts';
import { Conflict, Forbidden, Invalid, Stale } from '../../errors.ts';
import { DateError } from '../../lib/dates.ts';
import { invalid } from '../middleware/problems.ts';
import type { Site } from '../site.ts';
import type { Mistakes } from './forms.tsx';
import { whenIsMeant, whoIsMeant } from './meant.ts';
import type { Typing } from './typed-fields.tsx';
import { inputOf, mistakesOf, type Typed } from './typed-form.ts';
import type { Visit } from './visit.ts';

/** How the fields of a form are read into the input of an act. */
export interface FormReading<T> {
  schema: z.ZodType<T>;
  /** The first steps of the names of its fields. */
  roots: readonly string[];
  people: readonly string[];
  dates: readonly string[];
  /** Fields of several words, with commas between. */
  lists?: readonly string[];
  /** What the form says beside the fields, such as a list that holds nothing. */
  finish?(input: Record<string, unknown>): object;
  /** What is still to be chosen when all else is right. */
  ask?(visit: Visit, input: T): Promise<Typing['choices']>;
}

/** What an act did, or what the form has to show; `isStale` where somebody else has changed the record meanwhile. */
export type Sent<R> = { done: R } | { typing: Typing; isStale?: boolean };

/**
 * Sends what was typed to an act, in one change with the end of what was kept of it. Returns what the act does, or what the
 * form has to show so that nothing is lost: what is wrong, and what is to be chosen. `settled` is what was typed, with whom
 * each name was found to mean.
 */
export async function sendForm<T, R>(
  visit: Visit,
  reading: FormReading<T>,
  action: Change['action'],
  act: (tx: Writer, input: T, settled: Typed) => Promise<R>,
): Promise<Sent<R>> {
  const { site, session, typed } = visit;
  const found = await readForm(visit, reading);
  if ('typing' in found) return found;
  try {
    const done = await change(site.db, { actor: session, action, reason: typed.get('reason') || null }, async (tx) => {
      const kept = { id: typed.get('unsent.id'), version: Number(typed.get('unsent.version')) };
      const sent = KeepUnsentForm.pick({ id: true, version: true }).safeParse(kept);
      if (sent.success) await endUnsentForm(tx, session.id, sent.data);
      return act(tx, found.input, found.settled);
    });
    return { done };
  } catch (error) {
    if (error instanceof Stale) return { typing: { typed, mistakes: {}, choices: {} }, isStale: true };
    return { typing: { typed, mistakes: mistakesFrom(error, typed), choices: {} } };
  }
}

/** What a form says, as the input of an act, and with whom each name was found to mean; or what is left to do. */
export async function readForm<T>(
  visit: Visit,
  reading: FormReading<T>,
): Promise<{ input: T; settled: Typed } | { typing: Typing }> {
  const { site, typed } = visit;
  const { read, settled, mistakes, choices } = await readFields(site, typed, reading);
  const input = inputOf(typed, reading.roots, read) as Record<string, unknown>;
  const checked = reading.schema.safeParse(reading.finish?.(input) ?? input);
  const wrong = { ...(checked.error && mistakesOf(invalid(checked.error).issues, typed)), ...mistakes };
  if (!checked.success || Object.keys(wrong).length || Object.keys(choices).length) {
    // What waits for a choice is not wrong yet.
    for (const name of Object.keys(choices)) delete wrong[name];
    return { typing: { typed, mistakes: wrong, choices } };
  }
  const asked = (await reading.ask?.(visit, checked.data)) ?? {};
  if (Object.keys(asked).length) return { typing: { typed, mistakes: {}, choices: asked } };
  return { input: checked.data, settled };
}

/** What is no plain text: whom names mean, when dates are, what is in a list. */
async function readFields<T>(site: Site, typed: Typed, { people, dates, lists = [] }: FormReading<T>) {
  const read = new Map<string, unknown>();
  const settled = new URLSearchParams(typed);
  const mistakes: Mistakes = {};
  const choices: Typing['choices'] = {};
  const filled = (name: string) => (typed.get(name) ?? '').trim() !== '';
  for (const name of people.filter(filled)) {
    const meant = await whoIsMeant(site.db, typed, name);
    if ('is' in meant) read.set(name, meant.is);
    else choices[name] = meant;
    if (!('is' in meant) || typeof meant.is !== 'string') continue;
    settled.set(`${name}.for`, typed.get(name)!);
    settled.set(`${name}.is`, meant.is);
  }
  for (const name of dates.filter(filled)) {
    try {
      const meant = whenIsMeant(typed, name, site.now());
      if ('is' in meant) read.set(name, meant.is);
      else choices[name] = meant;
    } catch (error) {
      if (!(error instanceof DateError)) throw error;
      mistakes[name] = error.detail;
    }
  }
  for (const name of lists.filter(filled)) {
    const words = typed
      .get(name)!
      .split(',')
      .map((word) => word.trim());
    read.set(name, words.filter(Boolean));
  }
  return { read, settled, mistakes, choices };
}

/** What an act refuses; everything else goes its way. */
function mistakesFrom(thrown: unknown, typed: Typed): Mistakes {
  const error = asProblem(thrown) ?? thrown;
  if (error instanceof Invalid) return mistakesOf(error.issues, typed);
  if (error instanceof Conflict || error instanceof Forbidden) return { '': error.message };
  throw thrown;
}
