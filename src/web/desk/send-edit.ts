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
 * `begun` is what the form would have in advance now; `send` sends it to the act.
 */
export async function sendEdit<R>(
  visit: Visit,
  begun: () => Promise<Fields>,
  send: (visit: Visit) => Promise<Sent<R>>,
): Promise<{ done: R } | { typing: Typing }> {
  const { typed } = visit;
  const take = typed.getAll('take');
  const sent = await send(take.length ? { ...visit, typed: withTaken(typed, baseOf(typed), take) } : visit);
  if ('done' in sent || !sent.isStale) return sent;
  const { typed: mine } = sent.typing;
  const now = await begun();
  const conflict = differencesOf(mine, fieldsOf(now), baseOf(mine));
  const next = new URLSearchParams(mine);
  const isOfForm = (name: string) => name.startsWith('edit.');
  for (const [name, value] of Object.entries(now)) if (name === 'version' || isOfForm(name)) next.set(name, value);
  // What is taken over is taken from what is shown now.
  next.set('edit.base', JSON.stringify(Object.fromEntries(Object.entries(now).filter(([name]) => !isOfForm(name)))));
  return { typing: { ...sent.typing, typed: next, conflict } };
}

const fieldsOf = (fields: Fields): Typed => new URLSearchParams(fields);

function baseOf(typed: Typed): Typed {
  try {
    return fieldsOf(JSON.parse(typed.get('edit.base') ?? '{}'));
  } catch {
    return fieldsOf({});
  }
}
