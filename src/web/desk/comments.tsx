import { change } from '../../db/change.ts';
import { commentsOn } from '../../domain/comments/comments.ts';
import { endMentions } from '../../domain/comments/end-mentions.ts';
import { may } from '../../domain/users/permissions.ts';
import { userList } from '../../domain/users/user-list.ts';
import type { Claim } from '../answers.ts';
import { FormToken, Labelled, type Mistakes } from './forms.tsx';
import { claimOf } from './on-claim.tsx';
import { Day } from './table.tsx';
import type { Visit } from './visit.ts';

/** What those who work on a claim say of it to each other, with a form to say more; what was refused of it stands there again. */
export async function commentsSection(
  { site, session, token, field, fields }: Visit,
  claim: Claim,
  mistakes?: Mistakes,
) {
  if (!may(session, 'record.add')) return null;
  const [comments, users] = await Promise.all([commentsOn(site.db, claim.id), userList(site.db)]);
  const colleagues = users.filter((user) => user.id !== session.id && !user.disabled);
  const path = `/desk/claims/${claim.id}/comments`;
  const isWaiting = comments.some(({ waitsFor }) => waitsFor.some(({ id }) => id === session.id));
  return (
    <section class="comments" aria-labelledby="comments">
      <h2 id="comments">Among us</h2>
      <ol>
        {comments.map(({ id, by, text, at, waitsFor }) => (
          <li id={`comment-${id}`}>
            <p class="note">
              <bdi>{by}</bdi>, <Day instant={at} />
              {waitsFor.length > 0 && <>, waits for {waitsFor.map(({ name }) => name).join(', ')}</>}
            </p>
            <p class="said" dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ol>
      {isWaiting && (
        <form method="post" action={`${path}/done`}>
          <FormToken token={token} />
          <button type="submit">Nothing here waits for me any more</button>
        </form>
      )}
      <form class="desk-form" method="post" action={path}>
        <FormToken token={token} />
        <Labelled
          name="text"
          label="A comment"
          hint="For those who work here. It is never public."
          mistakes={mistakes}
          control={(tied) => (
            <textarea {...tied} data-first={mistakes ? 'yes' : undefined} rows={3} required maxLength={5000} dir="auto">
              {mistakes && field('text')}
            </textarea>
          )}
        />
        {colleagues.length > 0 && (
          <fieldset aria-describedby={mistakes?.to && 'to-mistake'}>
            <legend>It waits for</legend>
            {mistakes?.to && (
              <p class="mistake" id="to-mistake">
                {mistakes.to}
              </p>
            )}
            {colleagues.map(({ id, name }) => (
              <label class="choice">
                <input type="checkbox" name="to" value={id} checked={fields('to').includes(id)} /> <bdi>{name}</bdi>
              </label>
            ))}
          </fieldset>
        )}
        <button type="submit">Say it</button>
      </form>
    </section>
  );
}

export async function endMentionsOnClaim(visit: Visit): Promise<void> {
  const { site, session, leadTo } = visit;
  const claim = await claimOf(visit);
  await change(site.db, { actor: session, action: 'mentions.end' }, async (tx) =>
    (await endMentions(tx, claim.id)) ? undefined : tx.unchanged(undefined),
  );
  leadTo(`/desk/claims/${claim.slug}`);
}
