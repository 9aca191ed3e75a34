import { expect, it } from '@jest/globals';
import { closedForSixDays, noAnswer, phoneCall } from '../support/examples.ts';
import { testSite } from '../support/site.ts';

const site = testSite();

it('takes the three requests of the contract in a new database and shows them on both timelines', async () => {
  const claim = await site.post('claims', phoneCall).expect(201);
  const response = await site.post(`claims/${claim.body.id}/responses`, noAnswer(claim.body.statement.id)).expect(201);
  const verdict = await site.post(`claims/${claim.body.slug}/verdicts`, closedForSixDays).expect(201);
  const trump = await site.get('people/donald-trump/timeline').expect(200);
  const peskov = await site.get('people/dmitry-peskov/timeline').expect(200);
  if (process.env.SHOW)
    console.log(JSON.stringify([claim.body, response.body, verdict.body, trump.body, peskov.body], null, 1));
  expect(trump.body.items).toHaveLength(1);
});
