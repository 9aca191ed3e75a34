import type { ComponentChildren } from 'preact';
import { findUnsentForm } from '../../domain/unsent/unsent-forms.ts';
import { NotFound } from '../../errors.ts';
import { isId, newId } from '../../lib/ids.ts';
import { Conflict } from './conflict.tsx';
import { FormToken } from './forms.tsx';
import { TextField, type Typing } from './typed-fields.tsx';
import type { Visit } from './visit.ts';

/** A form that has not been typed into, but for what is chosen in advance; or what was kept of it. */
export async function typingOf({ site, session, typed }: Visit, inAdvance: Record<string, string>): Promise<Typing> {
  const id = typed.get('unsent');
  if (!id) {
    const fresh = new URLSearchParams({ ...inAdvance, 'unsent.id': newId(), 'unsent.version': '0' });
    return { typed: fresh, mistakes: {}, choices: {} };
  }
  const kept = isId(id) ? await findUnsentForm(site.db, session.id, id) : undefined;
  if (!kept) throw new NotFound('form', id, 'This form was sent or thrown away, or is not yours.');
  const again = new URLSearchParams([...kept.fields, ['unsent.id', kept.id], ['unsent.version', String(kept.version)]]);
  return { typed: again, mistakes: {}, choices: {} };
}

/** A `TypedForm` that edits a version of a record; `typing` begins with `editing`. */
export function EditForm({
  typing,
  deed = 'Save',
  children,
  ...form
}: {
  path: string;
  token: string;
  typing: Typing;
  deed?: string;
  children: ComponentChildren;
}) {
  return (
    <TypedForm {...form} typing={typing} deed={deed}>
      {typing.conflict && <Conflict differences={typing.conflict} />}
      {['version', 'edit.base', 'edit.proposal'].map((name) => (
        <input type="hidden" name={name} value={typing.typed.get(name) ?? ''} />
      ))}
      {children}
      <TextField of={typing} name="reason" label="Why" hint="For the history; not public" />
    </TypedForm>
  );
}

/** A form that nothing typed into is ever lost from: kept as one types, shown again with what is wrong. */
export function TypedForm({
  path,
  token,
  typing: { typed, mistakes, choices },
  deed,
  children,
}: {
  path: string;
  token: string;
  typing: Typing;
  /** What its button says. */
  deed: string;
  children: ComponentChildren;
}) {
  const names = [...Object.keys(mistakes), ...Object.keys(choices)];
  return (
    <>
      {names.length > 0 && (
        <div class="notice bad" role="alert">
          <p>{names.length === 1 ? 'One thing is' : `${names.length} things are`} left to do. Nothing is lost.</p>
          <ul>
            {Object.entries(mistakes).map(([name, mistake]) => (
              <li>{name ? <a href={`#${name}`}>{mistake}</a> : mistake}</li>
            ))}
            {Object.entries(choices).map(([name, { because }]) => (
              <li>
                <a href={`#${name}`}>{because}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <form class="desk-form typed" method="post" action={path} data-typed>
        <FormToken token={token} />
        {['unsent.id', 'unsent.version'].map((name) => (
          <input type="hidden" name={name} value={typed.get(name) ?? ''} />
        ))}
        <input type="hidden" name="unsent.path" value={path} />
        {children}
        <p class="deeds">
          <button type="submit" class="deed" aria-keyshortcuts="Control+Enter">
            {deed}
          </button>
          <button type="submit" formaction="/desk/unsent" name="unsent.leave" value="yes" data-keep>
            Keep for later
          </button>
          <span class="note" role="status" data-kept />
        </p>
      </form>
    </>
  );
}
