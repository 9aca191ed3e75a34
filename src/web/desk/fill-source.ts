import { NotFound } from '../../errors.ts';
import { Unreadable } from '../read-page.ts';
import { describePage, type PageDescription } from './describe-page.ts';
import { keepTyped } from './unsent.tsx';
import type { Visit } from './visit.ts';

type Found = { found: PageDescription } | { problem: string };

/** What the page at a source's address says of itself, for the script of a form. Throws `NotFound` where pages are not read. */
export async function suggestSource(visit: Visit): Promise<Found> {
  return describe(visit, visit.field('url'));
}

/**
 * The same without scripts: fills what is blank of the source that the button stands at, keeps the form, and shows it
 * again. Whatever goes wrong is said beside the address, and nothing is lost.
 */
export async function fillSource(visit: Visit): Promise<void> {
  const { field, typed, leadTo } = visit;
  const prefix = field('fill');
  const described = await describe(visit, field(`${prefix}url`));
  const filled = new URLSearchParams(typed);
  filled.delete('fill');
  if ('found' in described) {
    for (const [name, text] of Object.entries(described.found))
      if (!filled.get(prefix + name)?.trim()) filled.set(prefix + name, text);
  }
  filled.set(`${prefix}url.said`, saidOf(described));
  const form = { ...visit, typed: filled, field: (name: string) => filled.get(name) ?? '' };
  await keepTyped(form, ({ id }) => leadTo(`${field('unsent.path')}?unsent=${id}#${prefix}url`));
}

const saidOf = (found: Found): string =>
  'problem' in found
    ? found.problem
    : Object.keys(found.found).length
      ? 'What the page says of itself is filled in where nothing stood. Check it.'
      : 'The page says nothing of itself.';

async function describe({ site }: Visit, url: string): Promise<Found> {
  if (!site.readPage) throw new NotFound('page', url, 'Pages are not read here: FETCH_SOURCES is off.');
  if (!URL.canParse(url.trim()))
    return { problem: 'First write the address of the page, such as https://news.example.org/a.' };
  try {
    return { found: await describePage(await site.readPage(url.trim())) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}
