import {
  type LatestVerdict,
  latestClaims,
  latestClaimsUnder,
  latestCorrections,
  latestStatementsBy,
  latestStatementsOn,
  latestVerdictsOn,
} from '../../domain/history/latest.ts';
import { claimRevisions } from '../../domain/history/revisions.ts';
import type { Claim, Person, Topic } from '../answers.ts';
import type { Ask } from '../ask.ts';
import type { Site } from '../site.ts';
import { claimEntry, statementEntry, verdictEntry } from './entries.ts';
import type { Entry, Feed } from './feed.ts';

/** What a feed is asked with: the record that its address names, if any. */
export interface Asked {
  site: Site;
  ask: Ask;
  reference: string;
}

/** Every feed, by its address without its form. */
export const feeds: Record<string, (asked: Asked) => Promise<Feed>> = {
  '/feed': async ({ site }) => ({
    title: 'What is new',
    path: '/',
    entries: (await latestClaims(site.db)).map(claimEntry),
  }),
  '/corrections/feed': async ({ site }) => ({
    title: 'Corrections',
    path: '/',
    entries: await verdictEntries(site, await latestCorrections(site.db)),
  }),
  '/people/:reference/feed': async ({ site, ask, reference }) => {
    const { id, slug, name } = await ask<Person>('/people/{person}', { person: reference });
    const entries = (await latestStatementsBy(site.db, id)).map(statementEntry);
    return { title: name, path: `/people/${slug}`, entries };
  },
  '/topics/:reference/feed': async ({ site, ask, reference }) => {
    const { id, slug, name } = await ask<Topic>('/topics/{topic}', { topic: reference });
    return { title: name, path: `/topics/${slug}`, entries: (await latestClaimsUnder(site.db, id)).map(claimEntry) };
  },
  '/claims/:reference/feed': async ({ site, ask, reference }) => {
    const { id, slug, text } = await ask<Claim>('/claims/{claim}', { claim: reference });
    const [said, found] = await Promise.all([latestStatementsOn(site.db, id), latestVerdictsOn(site.db, id)]);
    const entries = [...said.map(statementEntry), ...(await verdictEntries(site, found))];
    return { title: text, path: `/claims/${slug}`, entries: entries.sort(newestFirst) };
  },
};

const newestFirst = (a: Entry, b: Entry): number => (a.updated < b.updated ? 1 : -1);

/** Each with the number of the revision that it made of its claim. */
async function verdictEntries({ db, publicUrl }: Site, verdicts: readonly LatestVerdict[]): Promise<Entry[]> {
  return Promise.all(
    verdicts.map(async (verdict) => {
      const revisions = await claimRevisions(db, verdict.claimId);
      // A finding published before its claim was has been seen since the claim is.
      const number = revisions.find(({ at }) => at >= verdict.published)?.number ?? revisions.length;
      return verdictEntry(verdict, number, publicUrl);
    }),
  );
}
