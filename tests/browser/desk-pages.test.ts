import { beforeAll, expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import { queues } from '../../src/domain/queues/queued.ts';
import { offerReset } from '../../src/domain/users/offer-reset.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { audit } from '../support/audit.ts';
import { testBrowser } from '../support/browser.ts';
import { hideCanaries, openRecord } from '../support/canaries.ts';
import { deskOn } from '../support/desk.ts';
import { formIn } from '../support/form-in.ts';
import { mountedRoutes } from '../support/mounted-routes.ts';
import { testSite } from '../support/site.ts';

const mounted = mountedRoutes();
const site = testSite();
const browser = testBrowser(site);
const { aUser, signedIn, get, post } = deskOn(site);

/** What the desk answers with beside pages: parts of one, and files. */
const NO_PAGE = /suggest|repeats|\/date$|\.csv$|sign-in\/code/;

let cookie: string;
/** What the parameters in the addresses of the desk can be; `reference` by the word before it. */
let values: Record<string, string[]>;
beforeAll(async () => {
  ({ cookie } = await signedIn('admin', 'editor'));
  const { id } = await aUser('contributor');
  const reset = await change(site.db, { actor: operator, action: 'reset.offer' }, (tx) => offerReset(tx, id));
  const open = await openRecord(site);
  const draft = await hideCanaries(site, open, 'draft');
  await hideCanaries(site, open, 'in_review');
  const dot = await signedIn('contributor');
  const path = `/desk/claims/${open.claim.slug}/edit`;
  const form = { ...formIn((await get(path, dot.cookie)).text), text: 'The bridge was open', reason: 'It was' };
  const proposed = await post(path, form, dot.cookie).expect(303);
  values = {
    proposal: [/proposals\/([\w-]+)/.exec(proposed.headers.location!)![1]!],
    claim: [open.claim.id, draft.claim],
    claims: [open.claim.id],
    person: ['ada-lovelace', draft.person],
    people: ['ada-lovelace'],
    statement: [open.claim.statement.id],
    statements: [open.claim.statement.id],
    source: [open.source.id],
    sources: [open.source.id],
    queue: Object.keys(queues),
    secret: [reset.secret],
  };
});

/** The addresses of a page. Throws for a parameter of which nothing is known here. */
function addressesOf(path: string): string[] {
  const [, before, name] = /(\w+)\/:(\w+)/.exec(path) ?? [];
  if (name === undefined) return [path];
  const known = values[name === 'reference' ? before! : name];
  if (!known) throw new Error(`The audit does not know what :${name} is in ${path}`);
  return known.flatMap((value) => addressesOf(path.replace(`:${name}`, value)));
}

it('every page of the desk passes the audit, in light and in dark', async () => {
  const pages = mounted().flatMap((route) =>
    /^get \/desk/.test(route) && !NO_PAGE.test(route) ? [route.slice(4)] : [],
  );
  expect(pages.length).toBeGreaterThan(15);
  const failed: string[] = [];
  for (const address of pages.flatMap(addressesOf))
    await audit(browser, address, cookie, [true]).catch((error: Error) => failed.push(error.message));
  expect(failed).toEqual([]);
}, 1_200_000);
