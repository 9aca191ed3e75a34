import { change } from '../../db/change.ts';
import { Reference } from '../../domain/fields.ts';
import { mergeRecord } from '../../domain/history/merge-record.ts';
import { findDistinction } from '../../domain/people/look-alikes.ts';
import { demandOf } from '../../domain/users/permissions.ts';
import { Invalid } from '../../errors.ts';
import { AreTheyTwo } from './distinction.tsx';
import { Field, FormToken } from './forms.tsx';
import type { Notice } from './layout.tsx';
import type { Choice } from './meant.ts';
import { comparing, type Side } from './merge-sides.tsx';
import { type MergeableKind, mergeable } from './merged.tsx';
import { CompletingField } from './typed-fields.tsx';
import type { Visit } from './visit.ts';

/** Which record this one may be the same as; once that is chosen, both side by side and what a merge does. */
export async function showMerge(visit: Visit, kind: MergeableKind): Promise<void> {
  demandOf(visit.session, 'record.merge');
  const goes = await comparing[kind].side(visit, String(visit.req.params.reference));
  const text = visit.field('into').trim();
  if (text === '') return showChoice(visit, kind, goes);
  const meant = await comparing[kind].meant(visit, text);
  if (typeof meant !== 'string') return showChoice(visit, kind, goes, meant);
  const stays = await comparing[kind].side(visit, meant);
  if (stays.id === goes.id)
    return showChoice(visit, kind, goes, undefined, { text: `This is the same ${mergeable[kind]}.`, bad: true });
  await showBoth(visit, kind, goes, stays);
}

export async function mergeOne(visit: Visit, kind: MergeableKind): Promise<void> {
  const { site, session, req, field, leadTo } = visit;
  const noun = mergeable[kind];
  const { side } = comparing[kind];
  const into = Reference.parse(field('into'));
  const goes = await side(visit, String(req.params.reference));
  const reason = field('reason').trim().slice(0, 2000) || null;
  try {
    const kept = await change(site.db, { actor: session, action: 'record.merge', reason }, (tx) =>
      mergeRecord(tx, noun, goes.id, { into }),
    );
    leadTo(`/desk/${kind}/${kept}?merged=${goes.id}`);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const text = error.issues.map(({ detail }) => `This cannot be merged: ${detail}.`).join(' ');
    await showBoth(visit, kind, goes, await side(visit, into), { text, bad: true }, 422);
  }
}

async function showChoice(
  visit: Visit,
  kind: MergeableKind,
  goes: Side,
  found?: Choice[],
  said?: Notice,
): Promise<void> {
  const { near, field: other } = comparing[kind];
  const choices = found ?? (await near(visit, goes));
  const path = `/desk/${kind}/${goes.slug}/merge`;
  const main = (
    <>
      <p class="lead" dir="auto">
        <a href={`/desk/${kind}/${goes.slug}`}>{goes.label}</a>
      </p>
      <form class="desk-form typed" action={path}>
        <CompletingField of={{ typed: visit.typed, mistakes: {}, choices: {} }} name="into" {...other} data-first />
        <button type="submit" class="deed">
          Compare
        </button>
      </form>
      {choices.length > 0 && (
        <section aria-labelledby="near">
          <h2 id="near">{found ? 'Which one is it?' : 'These may be the same'}</h2>
          <ul class="queue">
            {choices.map(({ is, label }) => (
              <li>
                <a href={`${path}?into=${is}`} dir="auto">
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
  const none = found?.length === 0 ? { text: `No ${mergeable[kind]} on record is like that.`, bad: true } : undefined;
  await visit.show({ title: 'Merge with another', main, notice: said ?? none });
}

async function showBoth(
  visit: Visit,
  kind: MergeableKind,
  goes: Side,
  stays: Side,
  notice?: Notice,
  status = 200,
): Promise<void> {
  const { site, show, token } = visit;
  const distinction = kind === 'people' ? await findDistinction(site.db, goes.id, stays.id) : undefined;
  const main = (
    <>
      <div class="sides">
        <OneSide kind={kind} side={goes} part="Goes" />
        <OneSide kind={kind} side={stays} part="Stays" />
      </div>
      <h2>What a merge does</h2>
      <ul class="points">
        <li>
          The page and every address of “{goes.label}” lead to the page of “{stays.label}”.
        </li>
        <li>{comparing[kind].follows}</li>
        <li>Nothing is lost: it can be undone at any time, and then both are as they were.</li>
      </ul>
      <form class="desk-form" method="post" action={`/desk/${kind}/${goes.slug}/merge`}>
        <FormToken token={token} />
        <input type="hidden" name="into" value={stays.id} />
        <Field name="reason" label="Why" hint="For the history; not public" maxlength={2000} />
        <p class="deeds">
          <button type="submit" class="deed">
            Merge
          </button>
          <a href={`/desk/${kind}/${stays.slug}/merge?into=${goes.slug}`}>The other way round</a>
        </p>
      </form>
      {kind === 'people' && <AreTheyTwo visit={visit} goes={goes} stays={stays} distinction={distinction} />}
    </>
  );
  await show({ title: 'Are these one?', main, notice }, status);
}

function OneSide({ kind, side: { slug, label, summary }, part }: { kind: MergeableKind; side: Side; part: string }) {
  return (
    <section aria-label={`${part}: ${label}`}>
      <p class="kicker">{part}</p>
      <h2 dir="auto">
        <a href={`/desk/${kind}/${slug}`}>{label}</a>
      </h2>
      {summary}
    </section>
  );
}
