import { jot } from '../../db/jot.ts';
import { Id } from '../../domain/fields.ts';
import { endUnsentForm } from '../../domain/unsent/end-unsent-form.ts';
import { KeepUnsentForm, keepUnsentForm } from '../../domain/unsent/keep-unsent-form.ts';
import type { UnsentForm } from '../../domain/unsent/unsent-forms.ts';
import { newId } from '../../lib/ids.ts';
import { shortened } from '../html/turns.tsx';
import { FormToken } from './forms.tsx';
import { Day } from './table.tsx';
import type { Visit } from './visit.ts';

/**
 * Keeps what was typed so far. The script of the page gets the id and the version; where the same form was kept from
 * another tab in the meantime, this one is kept as a form of its own from here on.
 */
export async function keepTyped(
  { site, session, typed, field, leadTo }: Visit,
  answer: (kept: { id: string; version: number; apart: boolean }) => void,
) {
  const fields = [...typed].filter(([name]) => name !== 'form' && !name.startsWith('unsent.'));
  const input = { path: field('unsent.path'), fields };
  const known = KeepUnsentForm.parse({ ...input, id: field('unsent.id'), version: Number(field('unsent.version')) });
  const keep = (form: KeepUnsentForm) => jot(site.db, (tx) => keepUnsentForm(tx, session.id, form));
  const kept = await keep(known)
    .then((version) => ({ id: known.id, version, apart: false }))
    .catch(async (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'unsent_form.stale')) throw error;
      const apart = { ...known, id: newId(), version: 0 };
      return { id: apart.id, version: await keep(apart), apart: true };
    });
  if (field('unsent.leave')) return leadTo('/desk');
  answer(kept);
}

export async function throwAwayTyped({ site, session, req, leadTo }: Visit): Promise<void> {
  const id = Id.parse(req.params.id);
  await jot(site.db, (tx) => endUnsentForm(tx, session.id, { id }));
  leadTo('/desk');
}

/** What one has begun and not sent, on the first page of the desk. */
export function UnsentForms({ forms, token }: { forms: readonly UnsentForm[]; token: string }) {
  if (forms.length === 0) return null;
  return (
    <section aria-labelledby="unsent">
      <h2 id="unsent">Begun and not sent</h2>
      <ul class="queue">
        {forms.map((form) => (
          <li>
            <a href={`${form.path}?unsent=${form.id}`} dir="auto">
              {titleOf(form)}
            </a>{' '}
            <span class="note">
              kept <Day instant={form.keptAt} />
            </span>
            <form method="post" action={`/desk/unsent/${form.id}/throw-away`}>
              <FormToken token={token} />
              <button type="submit">
                Throw away<span class="aside"> “{titleOf(form)}”</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first words that tell it from others. */
function titleOf({ fields }: UnsentForm): string {
  const typed = new Map(fields.filter(([, value]) => value.trim() !== ''));
  const words = ['text', 'statement/quote', 'quote', 'statement/person', 'person', 'names/0/name'].map((name) =>
    typed.get(name),
  );
  return shortened(words.find((word) => word !== undefined) ?? 'Nothing typed yet', 100);
}
