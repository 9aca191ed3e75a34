import { renderToString } from 'preact-render-to-string';
import { type Matches, matchClaims } from '../../domain/search/claim-matches.ts';
import { VerdictBadge } from '../html/verdict.tsx';
import type { Site } from '../site.ts';
import type { Asked } from './typed-fields.tsx';
import type { Visit } from './visit.ts';

/** As `text.is`: that a text is a claim of its own, whatever resembles it. No slug has a blank. */
export const NEW_CLAIM = 'a new claim';

/** Claims on record that a text may repeat, best first. */
export async function matchesOf({ db }: Site, text: string, limit = 4): Promise<Matches> {
  if (text.trim() === '') return { match: 'none', items: [] };
  return matchClaims(db, { text, limit }, 'desk');
}

/** The choice of whoever logs what is on record in the same words: nothing is logged twice unseen. */
export async function askWhetherRepeated(visit: Visit, text: string): Promise<Record<string, Asked>> {
  const { match, items } = await matchesOf(visit.site, text);
  if (match !== 'same') return {};
  return {
    text: {
      because: 'This claim may be on record already. Is it one of these?',
      choices: [
        ...items.map((item) => ({ is: item.slug, label: item.text })),
        { is: NEW_CLAIM, label: 'None of them: a new claim' },
      ],
    },
  };
}

/** What is shown below the claim as it is typed: each with what was found, and a button that logs a repeat of it. */
export async function suggestRepeats(visit: Visit): Promise<string> {
  const { match, items } = await matchesOf(visit.site, visit.field('text').slice(0, 5000));
  const near = items.filter((item) => item.match !== 'none');
  if (near.length === 0) return '';
  return renderToString(
    <>
      <p class="note">{match === 'same' ? 'This claim may be on record already:' : 'On record are:'}</p>
      <ol>
        {near.map(({ slug, text, language, verdict, statementCount }, index) => (
          <li>
            <a href={`/desk/claims/${slug}`} target="_blank" lang={language} dir="auto" rel="noopener">
              {text}
            </a>{' '}
            <VerdictBadge status={verdict.status} />{' '}
            <span class="note">{statementCount === 1 ? '1 statement' : `${statementCount} statements`}</span>{' '}
            <button type="button" data-repeat={slug} aria-keyshortcuts={index === 0 ? 'Alt+R' : undefined}>
              Log a repeat<span class="aside"> of “{text}”</span>
            </button>
            {index === 0 && (
              <span class="note">
                {' '}
                <kbd>Alt R</kbd>
              </span>
            )}
          </li>
        ))}
      </ol>
    </>,
  );
}
