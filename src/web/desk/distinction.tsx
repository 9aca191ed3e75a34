import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import type { Distinction } from '../../domain/people/look-alikes.ts';
import { MakeDistinction, makeDistinction } from '../../domain/people/make-distinction.ts';
import { withdrawDistinction } from '../../domain/people/withdraw-distinction.ts';
import { FormToken } from './forms.tsx';
import type { Side } from './merge-sides.tsx';
import { Day } from './table.tsx';
import type { Visit } from './visit.ts';

/** Says that two people are two, or that somebody has said so, which can be taken back. */
export function AreTheyTwo({
  visit: { token },
  goes,
  stays,
  distinction,
}: {
  visit: Visit;
  goes: Side;
  stays: Side;
  distinction: Distinction | undefined;
}) {
  const path = `/desk/people/${goes.id}/distinctions`;
  if (!distinction) {
    return (
      <form class="desk-form" method="post" action={path}>
        <FormToken token={token} />
        <input type="hidden" name="other" value={stays.id} />
        <h2>Or are they two?</h2>
        <p class="note">Then this is kept, and they are not proposed again.</p>
        <button type="submit">They are two different people</button>
      </form>
    );
  }
  return (
    <form class="desk-form" method="post" action={`${path}/${distinction.id}/withdraw`}>
      <FormToken token={token} />
      <input type="hidden" name="other" value={stays.id} />
      <p>
        <bdi>{distinction.by ?? 'Somebody'}</bdi> found on <Day instant={distinction.at} /> that they are two.
      </p>
      <button type="submit">Take this back</button>
    </form>
  );
}

export async function tellApart({ site, session, req, field, leadTo }: Visit): Promise<void> {
  const input = MakeDistinction.parse({ one: String(req.params.person), other: field('other') });
  await change(site.db, { actor: session, action: 'distinction.make' }, (tx) => makeDistinction(tx, input));
  leadTo('/desk/queues/people?done=two');
}

export async function tellApartNoMore({ site, session, req, field, leadTo }: Visit): Promise<void> {
  const id = Id.parse(req.params.id);
  const [one, other] = [Id.parse(req.params.person), Id.parse(field('other'))];
  await change(site.db, { actor: session, action: 'distinction.withdraw' }, (tx) => withdrawDistinction(tx, id));
  leadTo(`/desk/people/${one}/merge?into=${other}`);
}
