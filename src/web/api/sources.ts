import { z } from 'zod';
import { Address, Reference } from '../../domain/fields.ts';
import { AddSource, addSource } from '../../domain/sources/add-source.ts';
import { EditSource, editSource } from '../../domain/sources/edit-source.ts';
import { getSource } from '../../domain/sources/source.ts';
import { listSources } from '../../domain/sources/sources.ts';
import { getTopic } from '../../domain/topics/topic.ts';
import { listTopics } from '../../domain/topics/topics.ts';
import { vocabulary } from '../../domain/vocabulary.ts';
import { FoundSource, listOf, Source, Topic, Vocabulary } from '../answers.ts';
import type { Site } from '../site.ts';
import { asOf, byId, filterId, listAnswer, listQuery, none, pageFor, reason, search } from './inputs.ts';
import { type Answer, type Call, type Route, read, write } from './route.ts';
import { sourcesTable, topicsTable } from './tables.ts';

export const answerSource = async (id: string, call: Call<unknown, unknown, unknown>, site: Site): Promise<Answer> => {
  const { json, version } = await getSource(site.db, id, call);
  return { json, version };
};

export const sources: Route[] = [
  read({
    path: '/sources',
    summary: 'Sources, newest on record first',
    exported: sourcesTable,
    params: none,
    query: listQuery({ q: search, url: Address.optional(), publisher: Reference.optional() }, 'desc'),
    answers: { 200: listOf(Source) },
    async read(call, site) {
      const { q, url } = call.query;
      const publisher = await filterId(site.db, 'person', 'publisher', call.query.publisher, call);
      return listAnswer(call, site, await listSources(site.db, pageFor(call, site, { q, url, publisher }), call));
    },
  }),
  write({
    method: 'post',
    path: '/sources',
    summary: 'Add a source, or find the one with the same address',
    params: none,
    query: none,
    body: AddSource.extend(reason),
    answers: { 200: FoundSource, 201: Source },
    action: 'source.add',
    act: (tx, { body: { reason: _, ...input } }) => addSource(tx, input),
    async answer({ id, made, conflicts }, call, site) {
      const source = await answerSource(id, call, site);
      if (made) return { ...source, status: 201, location: `/sources/${id}` };
      return {
        ...source,
        json: `${source.json.slice(0, -1)},"conflicts":${JSON.stringify(conflicts)}}`,
        location: `/sources/${id}`,
      };
    },
  }),
  read({
    path: '/sources/{id}',
    summary: 'One source',
    params: byId,
    query: z.strictObject(asOf),
    answers: { 200: Source },
    read: (call, site) => answerSource(call.params.id, call, site),
  }),
  write({
    method: 'patch',
    path: '/sources/{id}',
    summary: 'Amend a source (JSON Merge Patch)',
    params: byId,
    query: none,
    body: EditSource.extend(reason),
    answers: { 200: Source },
    action: 'source.edit',
    async act(tx, call) {
      const { reason: _, ...input } = call.body;
      await editSource(tx, call.params.id, call.expectedVersion(), input);
      return call.params.id;
    },
    answer: answerSource,
  }),
  read({
    path: '/topics',
    summary: 'Topics, by name',
    exported: topicsTable,
    params: none,
    query: listQuery({}, 'asc'),
    answers: { 200: listOf(Topic) },
    read: async (call, site) => listAnswer(call, site, await listTopics(site.db, pageFor(call, site, {}), call)),
  }),
  read({
    path: '/topics/{topic}',
    summary: 'One topic',
    params: z.strictObject({ topic: Reference }),
    query: z.strictObject(asOf),
    answers: { 200: Topic },
    read: async (call, site) => ({ json: (await getTopic(site.db, call.params.topic, call)).json }),
  }),
  read({
    path: '/vocabulary',
    summary: 'The code book: every closed list of words, with what each means',
    params: none,
    query: none,
    answers: { 200: Vocabulary },
    read: async () => ({ json: JSON.stringify(vocabulary) }),
  }),
];
