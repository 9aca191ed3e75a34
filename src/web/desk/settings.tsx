import { change } from '../../db/change.ts';
import { EditSettings, editSettings } from '../../domain/settings/edit-settings.ts';
import { getSettings } from '../../domain/settings/settings.ts';
import { demandOf, may } from '../../domain/users/permissions.ts';
import { userList } from '../../domain/users/user-list.ts';
import { fourEyes } from '../../domain/vocabulary.ts';
import { Field, FormToken } from './forms.tsx';
import type { Notice } from './layout.tsx';
import { refusalIn } from './moves.tsx';
import type { Visit } from './visit.ts';

/** How this newsroom works, and what is set where the server runs. */
export async function showSettings(visit: Visit): Promise<void> {
  await showSettingsWith(visit, visit.field('done') === 'saved' ? { text: 'Saved.' } : undefined);
}

export async function editTheSettings(visit: Visit): Promise<void> {
  const { site, session, field, leadTo } = visit;
  const input = EditSettings.parse({ fourEyes: field('fourEyes') });
  const reason = field('reason').trim().slice(0, 2000) || null;
  try {
    await change(site.db, { actor: session, action: 'settings.edit', reason }, (tx) =>
      editSettings(tx, Number(field('version')), input),
    );
  } catch (thrown) {
    const { notice, status } = refusalIn(thrown);
    return showSettingsWith(visit, notice, status);
  }
  leadTo('/desk/settings?done=saved');
}

async function showSettingsWith({ site, session, token, show }: Visit, notice?: Notice, status = 200): Promise<void> {
  demandOf(session, 'settings.edit');
  const [settings, users] = await Promise.all([getSettings(site.db), userList(site.db)]);
  const editors = users.filter((user) => !user.disabled && may(user, 'record.publish'));
  const main = (
    <>
      <form class="desk-form" method="post" action="/desk/settings">
        <FormToken token={token} />
        <input type="hidden" name="version" value={settings.version} />
        <fieldset aria-describedby="four-eyes">
          <legend>Four eyes</legend>
          <p class="note" id="four-eyes">
            They {settings.fourEyesHold ? 'hold' : 'do not hold'} just now.{' '}
            {editors.length === 0 ? 'Nobody is an editor.' : `Editors: ${editors.map(({ name }) => name).join(', ')}.`}
          </p>
          {Object.entries(fourEyes).map(([word, { label, description }]) => (
            <label class="choice stacked">
              <input type="radio" name="fourEyes" value={word} checked={word === settings.fourEyes} />
              <span>
                {label} <span class="note">{description}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field name="reason" label="Why" hint="For the history; not public" maxlength={2000} />
        <p class="deeds">
          <button type="submit" class="deed">
            Save
          </button>
        </p>
      </form>
      <h2>Set where the server runs</h2>
      <p class="note">These come from its environment, and change when it starts anew.</p>
      <dl class="summary">
        <dt>Name</dt>
        <dd>{site.siteName}</dd>
        <dt>Publisher</dt>
        <dd>
          {site.publisherName}, {site.publisherUrl}
        </dd>
        <dt>Address</dt>
        <dd>{site.publicUrl}</dd>
        <dt>Licence</dt>
        <dd>{site.dataLicense.name}</dd>
      </dl>
    </>
  );
  await show({ title: 'Settings', main, notice }, status);
}
