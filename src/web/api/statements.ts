import { z } from 'zod';
import { Id, Reference } from '../../domain/fields.ts';
import { AttributeStatement, attributeStatement } from '../../domain/statements/attribute-statement.ts';
import { getAttribution, listAttributions } from '../../domain/statements/attributions.ts';
import { EditAttribution, editAttribution } from '../../domain/statements/edit-attribution.ts';
import { EditStatement, editStatement } from '../../domain/statements/edit-statement.ts';
import { LogStatement, logStatement } from '../../domain/statements/log-statement.ts';
import { getStatement } from '../../domain/statements/statement.ts';
import { listStatements } from '../../domain/statements/statements.ts';
import { states } from '../../domain/vocabulary.ts';
import { NotFound } from '../../errors.ts';
import { Attribution, listOf, Statement } from '../answers.ts';
import type { Site } from '../site.ts';
import { asOf, byId, filterId, listAnswer, listQuery, none, oneOf, pageFor, reason, statesFor } from './inputs.ts';
import { type Answer, type Call, type Route, read, write } from './route.ts';
import { statementFilters, statementQuery } from './statement-query.ts';
import { attributionsTable, statementsTable } from './tables.ts';

export const answerStatement = async (
  id: string,
  call: Call<unknown, unknown, unknown>,
  site: Site,
): Promise<Answer> => {
  const { json, version } = await getStatement(site.db, id, call);
  return { json, version };
};

/** Throws `NotFound` also where the attribution is of another statement than the address says. */
export const answerAttribution = async (
  id: string,
  call: Call<{ id: string }, unknown, unknown>,
  site: Site,
): Promise<Answer> => {
  const { json, version } = await getAttribution(site.db, id, call);
  const { statementId } = JSON.parse(json) as { statementId: string };
  if (statementId !== call.params.id.toLowerCase()) throw new NotFound('attribution', id);
  return { json, version };
};

export const byAttribution = z.strictObject({ id: Id, attribution: Id });

export const statements: Route[] = [
  read({
    path: '/statements',
    summary: 'Statements of all people, in the order of time',
    exported: statementsTable,
    params: none,
    query: statementQuery({
      person: Reference.optional().meta({ description: 'Who spoke' }),
      claim: Reference.optional().meta({ description: 'On which claim' }),
      source: Id.optional().meta({ description: 'Which cite this source, or were had from it by another' }),
      state: oneOf(states).meta({ description: 'Needs a token for other states than published' }),
    }),
    answers: { 200: listOf(Statement) },
    async read(call, site) {
      const personId = await filterId(site.db, 'person', 'person', call.query.person, call);
      const claim = await filterId(site.db, 'claim', 'claim', call.query.claim, call);
      const { source } = call.query;
      const page = pageFor(call, site, { ...statementFilters(call.query), claim, source });
      return listAnswer(
        call,
        site,
        await listStatements(site.db, { ...page, states: statesFor(call), personId: personId ?? null }, call),
      );
    },
  }),
  write({
    method: 'post',
    path: '/statements',
    summary: 'Log a statement, with its stances and sources',
    params: none,
    query: none,
    body: LogStatement.extend(reason),
    answers: { 201: Statement },
    action: 'statement.log',
    act: (tx, { body: { reason: _, ...input } }) => logStatement(tx, input),
    async answer(id, call, site) {
      return { ...(await answerStatement(id, call, site)), status: 201, location: `/statements/${id}` };
    },
  }),
  read({
    path: '/statements/{id}',
    summary: 'One statement',
    params: byId,
    query: z.strictObject(asOf),
    answers: { 200: Statement },
    read: (call, site) => answerStatement(call.params.id, call, site),
  }),
  write({
    method: 'patch',
    path: '/statements/{id}',
    summary: 'Amend a statement (JSON Merge Patch)',
    params: byId,
    query: none,
    body: EditStatement.extend(reason),
    answers: { 200: Statement },
    action: 'statement.edit',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      await editStatement(tx, call.params.id, call.expectedVersion(), input);
      return call.params.id;
    },
    answer: answerStatement,
  }),
  read({
    path: '/statements/{id}/attributions',
    summary: 'What was found on whether the person really said it, newest first',
    exported: attributionsTable,
    params: byId,
    query: listQuery({}, 'desc'),
    answers: { 200: listOf(Attribution) },
    async read(call, site) {
      const { id } = await getStatement(site.db, call.params.id, call);
      return listAnswer(call, site, await listAttributions(site.db, id, pageFor(call, site, {}), call));
    },
  }),
  write({
    method: 'post',
    path: '/statements/{id}/attributions',
    summary: 'Record whether the person really said it',
    params: byId,
    query: none,
    body: AttributeStatement.extend(reason),
    answers: { 201: Attribution },
    action: 'statement.attribute',
    act(tx, call, site) {
      const { reason: _, ...input } = call.body;
      return attributeStatement(tx, call.params.id, input, { name: site.publisherName });
    },
    async answer(id, call, site) {
      return {
        ...(await answerAttribution(id, call, site)),
        status: 201,
        location: `/statements/${call.params.id}/attributions/${id}`,
      };
    },
  }),
  read({
    path: '/statements/{id}/attributions/{attribution}',
    summary: 'One attribution',
    params: byAttribution,
    query: z.strictObject(asOf),
    answers: { 200: Attribution },
    read: (call, site) => answerAttribution(call.params.attribution, call, site),
  }),
  write({
    method: 'patch',
    path: '/statements/{id}/attributions/{attribution}',
    summary: 'Submit, publish or withdraw an attribution; a finding is not reworded',
    params: byAttribution,
    query: none,
    body: EditAttribution.extend(reason),
    answers: { 200: Attribution },
    action: 'attribution.edit',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      await editAttribution(tx, call.params.attribution, call.expectedVersion(), input);
      return call.params.attribution;
    },
    answer: answerAttribution,
  }),
];
