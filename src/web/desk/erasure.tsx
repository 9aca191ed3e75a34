import { change } from '../../db/change.ts';
import { type ErasableRecord, findErasable } from '../../domain/history/erasable-record.ts';
import { PurgeRecord, purgeRecord } from '../../domain/history/purge-record.ts';
import { demandOf, may } from '../../domain/users/permissions.ts';
import { shortened } from '../html/turns.tsx';
import { Field, FormToken, type Mistakes, mistakesIn } from './forms.tsx';
import type { Notice } from './layout.tsx';
import type { Visit } from './visit.ts';

const PATH = '/desk/erasure';

/** The way to erase a record, for those who may. */
export function EraseLink({ visit: { session }, id }: { visit: Visit; id: string }) {
  return may(session, 'record.purge') ? <a href={`${PATH}?record=${id}`}>Erase</a> : null;
}

/** Which record is to be erased; once that is told, what would go and what would stay. */
export async function showErasure(visit: Visit): Promise<void> {
  const { site, session, field } = visit;
  demandOf(session, 'record.purge');
  const text = field('record').trim();
  const done = field('done') === 'erased' ? { text: 'It is erased. Its address says so, with the ground.' } : undefined;
  if (text === '') return showQuestion(visit, done);
  const record = await findErasable(site.db, text);
  if (!record) return showQuestion(visit, { text: 'No record has this address or id.', bad: true }, 404);
  if (record.purgedBecause !== null)
    return showQuestion(visit, { text: `This was erased before: ${record.purgedBecause}`, bad: true }, 410);
  await showConfirmation(visit, record);
}

export async function eraseOne(visit: Visit): Promise<void> {
  const { site, session, field, leadTo } = visit;
  demandOf(session, 'record.purge');
  const record = await findErasable(site.db, field('id'));
  const input = PurgeRecord.safeParse({ noun: record?.noun, id: field('id'), ground: field('ground').trim() });
  if (!record || record.purgedBecause !== null) return leadTo(`${PATH}?record=${encodeURIComponent(field('id'))}`);
  const mistakes: Mistakes = input.error ? mistakesIn(input.error) : {};
  if (field('sure') !== 'yes') mistakes.sure = 'Tick this: it cannot be undone.';
  if (!input.success || Object.keys(mistakes).length) return showConfirmation(visit, record, mistakes, 422);
  await change(site.db, { actor: session, action: 'record.purge' }, (tx) => purgeRecord(tx, input.data));
  leadTo(`${PATH}?done=erased`);
}

async function showQuestion(visit: Visit, notice?: Notice, status = 200): Promise<void> {
  const main = (
    <>
      <p>
        What the law orders to be erased goes for good, from the present and from every past version. To correct
        something or to take it off the public pages, edit or withdraw it instead: then nothing is lost.
      </p>
      <form class="desk-form" action={PATH}>
        <Field
          name="record"
          label="Which record"
          hint="The address of its page, or its id; of a verdict, the id"
          value={visit.field('record')}
          maxlength={2048}
          required
        />
        <button type="submit" class="deed">
          Look at it
        </button>
      </form>
      <p>
        <a href="/desk/changes?action=record.purge">What was erased here before</a>
      </p>
    </>
  );
  await visit.show({ title: 'Erasure', main, notice }, status);
}

async function showConfirmation(
  visit: Visit,
  { noun, id, label, versions, merged }: ErasableRecord,
  mistakes: Mistakes = {},
  status = 200,
): Promise<void> {
  const { token, field } = visit;
  const main = (
    <>
      <p class="kicker">{noun.charAt(0).toUpperCase() + noun.slice(1)}</p>
      <p class="lead" dir="auto">
        {shortened(label, 300)}
      </p>
      <h2>What goes</h2>
      <ul class="points">
        <li>
          Its words, in {versions === 1 ? 'the one version there is' : `all ${versions} versions`}
          {noun === 'person' && ', with every name, role and description'}
          {noun !== 'person' && ', with the excerpts of its sources'}.
        </li>
        {merged > 0 && <li>The same of {merged === 1 ? 'the one' : `the ${merged}`} merged into it.</li>}
        <li>The reasons that were given for changes to it, and the words in its address.</li>
      </ul>
      <h2>What stays</h2>
      <ul class="points">
        <li>That there was a record, and the ground on which it was erased, which its address tells everybody.</li>
        <li>
          Dates and statuses, and the other records that refer to it. What these say about it is theirs: erase them too
          where the ground covers it.
        </li>
      </ul>
      <form class="desk-form" method="post" action={PATH}>
        <FormToken token={token} />
        <input type="hidden" name="id" value={id} />
        <Field
          name="ground"
          label="The legal ground"
          hint="Public, so it must not say what is erased. Such as: Article 17 GDPR, request of 3 May 2026"
          value={field('ground')}
          maxlength={500}
          mistakes={mistakes}
        />
        {mistakes.sure && (
          <p class="mistake" id="sure-mistake">
            {mistakes.sure}
          </p>
        )}
        <label class="choice">
          <input
            type="checkbox"
            name="sure"
            value="yes"
            aria-describedby={mistakes.sure && 'sure-mistake'}
            aria-invalid={mistakes.sure ? 'true' : undefined}
          />{' '}
          I know that nobody can undo this.
        </label>
        <p class="deeds">
          <button type="submit" class="deed">
            Erase it for good
          </button>
          <a href={PATH}>Leave it as it is</a>
        </p>
      </form>
    </>
  );
  await visit.show({ title: 'Erase this?', main }, status);
}
