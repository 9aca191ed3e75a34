import { z } from 'zod';
import { getClaim } from '../../domain/claims/claim.ts';
import { listClaims } from '../../domain/claims/claims.ts';
import { EditClaim, editClaim } from '../../domain/claims/edit-claim.ts';
import { findClaimId } from '../../domain/claims/find-claim.ts';
import { LinkResponse, linkResponse } from '../../domain/claims/link-response.ts';
import { LogClaim, logClaim } from '../../domain/claims/log-claim.ts';
import { listResponses } from '../../domain/claims/responses.ts';
import { Id, Reference } from '../../domain/fields.ts';
import { getStatement } from '../../domain/statements/statement.ts';
import { EditVerdict, editVerdict } from '../../domain/verdicts/edit-verdict.ts';
import { GiveVerdict, giveVerdict } from '../../domain/verdicts/give-verdict.ts';
import { getVerdict, listVerdicts } from '../../domain/verdicts/verdicts.ts';
import { claimKinds, stances, states, verdictStatuses } from '../../domain/vocabulary.ts';
import { NotFound } from '../../errors.ts';
import { Claim, GivenVerdict, listOf, Response, Statement } from '../answers.ts';
import type { Site } from '../site.ts';
import {
  asOf,
  byClaim,
  claimIn,
  commaList,
  filterId,
  listAnswer,
  listQuery,
  none,
  oneOf,
  pageFor,
  reason,
  search,
  statesFor,
} from './inputs.ts';
import { type Answer, type Call, type Route, read, write } from './route.ts';
import { claimsTable, responsesTable, verdictsTable } from './tables.ts';

export const answerClaim = async (id: string, call: Call<unknown, unknown, unknown>, site: Site): Promise<Answer> => {
  const { json, version } = await getClaim(site.db, id, call);
  return { json, version };
};

/** Throws `NotFound` also where the verdict is on another claim than the address says. */
export const answerVerdict = async (
  id: string,
  call: Call<{ claim: string }, unknown, unknown>,
  site: Site,
): Promise<Answer> => {
  const { json, version } = await getVerdict(site.db, id, call);
  const { claimId } = JSON.parse(json) as { claimId: string };
  const onClaim = await findClaimId(site.db, claimId);
  if (onClaim !== (await claimIn(site.db, call.params.claim))) throw new NotFound('verdict', id);
  return { json, version };
};

/** Lists below a claim: the claim is found in the present, and hidden ones stay hidden. */
const claimBelow = async (call: Call<{ claim: string }, unknown, unknown>, site: Site): Promise<string> =>
  (await getClaim(site.db, call.params.claim, call)).id;

export const byVerdict = z.strictObject({ claim: Reference, verdict: Id });

export const claims: Route[] = [
  read({
    path: '/claims',
    summary: 'Claims, newest on record first',
    exported: claimsTable,
    params: none,
    query: listQuery(
      {
        q: search,
        kind: oneOf(claimKinds),
        status: oneOf(verdictStatuses),
        anyStatus: oneOf(verdictStatuses),
        topic: commaList(Reference),
        person: Reference.optional().meta({ description: 'Whom the claim is about or made to' }),
        state: oneOf(states).meta({ description: 'Needs a token for other states than published' }),
      },
      'desc',
    ),
    answers: { 200: listOf(Claim) },
    async read(call, site) {
      const { q, kind, status, anyStatus, topic } = call.query;
      const person = await filterId(site.db, 'person', 'person', call.query.person, call);
      const page = pageFor(call, site, { q, kind, status, anyStatus, topic, person });
      return listAnswer(call, site, await listClaims(site.db, { ...page, states: statesFor(call) }, call));
    },
  }),
  write({
    method: 'post',
    path: '/claims',
    summary: 'Log a claim, with its first statement and sources',
    params: none,
    query: none,
    body: LogClaim.extend(reason),
    answers: { 201: Claim },
    action: 'claim.log',
    act: (tx, { body: { reason: _, ...input } }) => logClaim(tx, input),
    async answer(id, call, site) {
      return { ...(await answerClaim(id, call, site)), status: 201, location: `/claims/${id}` };
    },
  }),
  read({
    path: '/claims/{claim}',
    summary: 'One claim',
    exported: claimsTable,
    params: byClaim,
    query: z.strictObject(asOf),
    answers: { 200: Claim },
    read: (call, site) => answerClaim(call.params.claim, call, site),
  }),
  write({
    method: 'patch',
    path: '/claims/{claim}',
    summary: 'Amend a claim (JSON Merge Patch)',
    params: byClaim,
    query: none,
    body: EditClaim.extend(reason),
    answers: { 200: Claim },
    action: 'claim.edit',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      const id = await claimIn(tx, call.params.claim);
      await editClaim(tx, id, call.expectedVersion(), input);
      return id;
    },
    answer: answerClaim,
  }),
  read({
    path: '/claims/{claim}/responses',
    summary: 'The responses on a claim, oldest first',
    exported: responsesTable,
    params: byClaim,
    query: listQuery(
      { to: Id.optional().meta({ description: 'Only what answers this statement' }), stance: oneOf(stances) },
      'asc',
    ),
    answers: { 200: listOf(Response) },
    async read(call, site) {
      const { to, stance } = call.query;
      const id = await claimBelow(call, site);
      return listAnswer(call, site, await listResponses(site.db, id, pageFor(call, site, { to, stance }), call));
    },
  }),
  write({
    method: 'post',
    path: '/claims/{claim}/responses',
    summary: 'Link a response: a new statement or one on record, and its stance on the claim',
    params: byClaim,
    query: none,
    body: z.union([LinkResponse.made.extend(reason), LinkResponse.recorded.extend(reason)]),
    choose: (body) =>
      (typeof body === 'object' && body !== null && 'id' in body ? LinkResponse.recorded : LinkResponse.made).extend(
        reason,
      ),
    answers: { 201: Statement },
    action: 'response.link',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      return linkResponse(tx, await claimIn(tx, call.params.claim), input);
    },
    async answer(id, call, site) {
      const { json, version } = await getStatement(site.db, id, call);
      return { json, version, status: 201, location: `/statements/${id}` };
    },
  }),
  read({
    path: '/claims/{claim}/verdicts',
    summary: 'Every verdict on a claim, ours and others’, newest first',
    exported: verdictsTable,
    params: byClaim,
    query: listQuery({}, 'desc'),
    answers: { 200: listOf(GivenVerdict) },
    async read(call, site) {
      const id = await claimBelow(call, site);
      return listAnswer(call, site, await listVerdicts(site.db, id, pageFor(call, site, {}), call));
    },
  }),
  write({
    method: 'post',
    path: '/claims/{claim}/verdicts',
    summary: 'Give a verdict; it supersedes the publisher’s one before',
    params: byClaim,
    query: none,
    body: GiveVerdict.extend(reason),
    answers: { 201: GivenVerdict },
    action: 'verdict.give',
    async act(tx, call, site) {
      const { reason: _, ...input } = call.body;
      return giveVerdict(tx, await claimIn(tx, call.params.claim), input, { name: site.publisherName });
    },
    async answer(id, call, site) {
      return {
        ...(await answerVerdict(id, call, site)),
        status: 201,
        location: `/claims/${call.params.claim}/verdicts/${id}`,
      };
    },
  }),
  read({
    path: '/claims/{claim}/verdicts/{verdict}',
    summary: 'One verdict',
    params: byVerdict,
    query: z.strictObject(asOf),
    answers: { 200: GivenVerdict },
    read: (call, site) => answerVerdict(call.params.verdict, call, site),
  }),
  write({
    method: 'patch',
    path: '/claims/{claim}/verdicts/{verdict}',
    summary: 'Submit, publish or withdraw a verdict; a finding is not reworded',
    params: byVerdict,
    query: none,
    body: EditVerdict.extend(reason),
    answers: { 200: GivenVerdict },
    action: 'verdict.edit',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      await editVerdict(tx, call.params.verdict, call.expectedVersion(), input);
      return call.params.verdict;
    },
    answer: answerVerdict,
  }),
];
