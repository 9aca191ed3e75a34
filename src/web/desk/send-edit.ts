import { differencesOf, withTaken } from './differences.ts';
import type { Sent } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import type { Typed } from './typed-form.ts';
import type { Visit } from './visit.ts';

export type Fields = Readonly<Record<string, string>>;

/** What a form that edits a record has in advance: the record as it is, once to be changed and once to compare with. */
export const editing = (present: Fields): Record<string, string> => ({
  ...present,
  'edit.base': JSON.stringify(present),
});

/**
 * Sends what was edited. Where somebody else has changed the record meanwhile, nothing is written: the form comes back
 * with each field that differs, and what its writer takes over of the record, by fields `take`, is sent with the rest.
 * `present` reads the record as the form's fields; `send` sends it to the act.
 */
export async function sendEdit<R>(
  visit: Visit,
  present: () => Promise<Fields>,
  send: (visit: Visit) => Promise<Sent<R>>,
): Promise<{ done: R } | { typing: Typing }> {
  const { typed } = visit;
  const take = typed.getAll('take');
  const sent = await send(take.length ? { ...visit, typed: withTaken(typed, fieldsOf(await present()), take) } : visit);
  if ('done' in sent || !sent.isStale) return sent;
  const { typed: mine } = sent.typing;
  const now = await present();
  const conflict = differencesOf(mine, fieldsOf(now), fieldsOf(baseOf(mine)));
  const next = new URLSearchParams(mine);
  for (const [name, value] of Object.entries({ version: now.version!, 'edit.base': JSON.stringify(now) }))
    next.set(name, value);
  return { typing: { ...sent.typing, typed: next, conflict } };
}

const fieldsOf = (fields: Fields): Typed => new URLSearchParams(fields);

function baseOf(typed: Typed): Fields {
  try {
    return JSON.parse(typed.get('edit.base') ?? '{}');
  } catch {
    return {};
  }
}
