import { z } from 'zod';
import type { PageRow } from '../../db/page.ts';
import { AddPerson, addPerson } from '../../domain/people/add-person.ts';
import { EditPerson, editPerson } from '../../domain/people/edit-person.ts';
import { listPeople } from '../../domain/people/people.ts';
import { getPerson } from '../../domain/people/person.ts';
import { personProfile } from '../../domain/people/person-profile.ts';
import { personTimeline } from '../../domain/people/person-timeline.ts';
import { findWithdrawals } from '../../domain/statements/withdrawn.ts';
import { personKinds } from '../../domain/vocabulary.ts';
import { listOf, Person, Profile, Timeline } from '../answers.ts';
import type { Site } from '../site.ts';
import {
  asOf,
  byPerson,
  listAnswer,
  listQuery,
  none,
  oneOf,
  type Paging,
  pageFor,
  personIn,
  reason,
  search,
} from './inputs.ts';
import { type Answer, type Call, type Route, read, write } from './route.ts';
import { statementFilters, statementQuery } from './statement-query.ts';
import { peopleTable, timelineTable } from './tables.ts';

export const answerPerson = async (id: string, call: Call<unknown, unknown, unknown>, site: Site): Promise<Answer> => {
  const { json, version } = await getPerson(site.db, id, call);
  return { json, version };
};

export const people: Route[] = [
  read({
    path: '/people',
    summary: 'People and organizations, by name',
    exported: peopleTable,
    params: none,
    query: listQuery({ q: search, kind: oneOf(personKinds) }, 'asc'),
    answers: { 200: listOf(Person) },
    async read(call, site) {
      const { q, kind } = call.query;
      return listAnswer(call, site, await listPeople(site.db, pageFor(call, site, { q, kind }), call));
    },
  }),
  write({
    method: 'post',
    path: '/people',
    summary: 'Add a person or organization',
    params: none,
    query: none,
    body: AddPerson.extend(reason),
    answers: { 201: Person },
    action: 'person.add',
    act: (tx, { body: { reason: _, ...input } }) => addPerson(tx, input),
    async answer(id, call, site) {
      return { ...(await answerPerson(id, call, site)), status: 201, location: `/people/${id}` };
    },
  }),
  read({
    path: '/people/{person}',
    summary: 'One person or organization',
    params: byPerson,
    query: z.strictObject(asOf),
    answers: { 200: Person },
    read: (call, site) => answerPerson(call.params.person, call, site),
  }),
  write({
    method: 'patch',
    path: '/people/{person}',
    summary: 'Amend a person (JSON Merge Patch)',
    params: byPerson,
    query: none,
    body: EditPerson.extend(reason),
    answers: { 200: Person },
    action: 'person.edit',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      const id = await personIn(tx, call.params.person);
      await editPerson(tx, id, call.expectedVersion(), input);
      return id;
    },
    answer: answerPerson,
  }),
  read({
    path: '/people/{person}/timeline',
    summary: 'What a person said, who answered, what was found',
    exported: timelineTable,
    params: byPerson,
    query: statementQuery({}),
    answers: { 200: Timeline },
    async read(call, site) {
      const page = pageFor(call, site, statementFilters(call.query));
      const timeline = await personTimeline(site.db, call.params.person, page, call);
      return timelineAnswer(call, site, timeline, `"person":${timeline.person}`);
    },
  }),
  read({
    path: '/people/{person}/profile',
    summary: 'A person whole, how active they were when, and a page of their timeline',
    description: 'The pages that follow are those of the timeline.',
    params: byPerson,
    query: statementQuery({}),
    answers: { 200: Profile },
    async read(given, site) {
      const call = { ...given, path: given.path.replace(/profile$/, 'timeline') };
      const page = pageFor(call, site, statementFilters(call.query));
      const profile = await personProfile(site.db, call.params.person, page, call);
      return timelineAnswer(call, site, profile, `"person":${profile.person},"activity":${profile.activity}`);
    },
  }),
];

async function timelineAnswer(
  call: Call<unknown, Paging, unknown>,
  site: Site,
  timeline: PageRow<unknown>,
  of: string,
): Promise<Answer> {
  const withdrawn = call.instant && (await findWithdrawals(site.db, timeline.items));
  return listAnswer(call, site, timeline, {
    before: `${of},"asOf":${JSON.stringify(call.instant)},`,
    ...(withdrawn && { inPage: `,"withdrawn":${withdrawn}` }),
  });
}
