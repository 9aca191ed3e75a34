import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openRecord } from '../support/canaries.ts';
import { deskOn } from '../support/desk.ts';
import { headerFaults } from '../support/headers.ts';
import { mountedRoutes } from '../support/mounted-routes.ts';
import { publicAddresses, type References, referencesTo } from '../support/public-addresses.ts';
import { testSite } from '../support/site.ts';

jest.setTimeout(240_000);

const mounted = mountedRoutes();
const site = testSite();
const desk = deskOn(site);
let references: References;

beforeAll(async () => {
  references = await referencesTo(site, await openRecord(site));
});

/** Parameters in the addresses that the public does not ask at. */
const filled = (path: string): string =>
  path
    .replace('{.:form}', '')
    .replace(
      /:(\w+)/g,
      (_, name: string) => ({ ...references, reference: 'ada-lovelace', queue: 'review' })[name] ?? 'x',
    );

describe('the headers of every answer', () => {
  it.each(['signed out', 'signed in', 'as it is remembered'])(
    'say what it is and what it may load: %s',
    async (how) => {
      const { cookie } = how === 'signed in' ? await desk.signedIn('admin', 'editor') : { cookie: '' };
      const known = publicAddresses(references);
      const wrong: object[] = [];
      for (const route of mounted().filter((route) => !route.startsWith('use '))) {
        const [method = '', path = ''] = route.split(' ');
        const { path: address, body } = known[route]?.[0] ?? { path: filled(path) };
        for (const times of how === 'as it is remembered' ? [1, 2] : [1]) {
          const call = site
            .call(method === 'all' ? 'put' : (method as 'get'), address)
            .set({ cookie, accept: 'text/html' });
          const answer = await (body ? call.send(body) : call);
          const faults = headerFaults(answer, /^\/(desk|setup)/.test(path));
          if (faults.length) wrong.push({ route, times, status: answer.status, faults });
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});
