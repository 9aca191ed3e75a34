import { z } from 'zod';
import { approveRecord } from '../../domain/history/approve-record.ts';
import { type MergeableNoun, MergeRecord, mergeRecord } from '../../domain/history/merge-record.ts';
import { PurgeRecord, purgeRecord } from '../../domain/history/purge-record.ts';
import { recordHistory } from '../../domain/history/record-history.ts';
import { type RestorableNoun, RestoreRecord, restoreRecord } from '../../domain/history/restore-record.ts';
import { unmergeRecord } from '../../domain/history/unmerge-record.ts';
import { type Noun, statefulNouns } from '../../domain/nouns.ts';
import {
  Attribution,
  Claim,
  Erasure,
  GivenVerdict,
  HistoryEntry,
  listOf,
  Person,
  Source,
  Statement,
} from '../answers.ts';
import type { Site } from '../site.ts';
import { answerClaim, answerVerdict, byVerdict } from './claims.ts';
import { byClaim, byId, byPerson, listAnswer, listQuery, none, pageFor, reason } from './inputs.ts';
import { answerPerson } from './people.ts';
import { type Answer, type Call, type Route, read, write } from './route.ts';
import { answerSource } from './sources.ts';
import { answerAttribution, answerStatement, byAttribution } from './statements.ts';

type Named = Record<string, string>;

/** Where the records of a noun are, and how one is answered. The last word of the address names the record. */
interface Kind {
  path: string;
  params: z.ZodType<Named>;
  schema: z.ZodType;
  // biome-ignore lint/suspicious/noExplicitAny: each knows the parameters of its own address
  answer: (id: string, call: Call<any, unknown, unknown>, site: Site) => Promise<Answer>;
}

const kinds: Record<Noun, Kind> = {
  person: { path: '/people/{person}', params: byPerson, schema: Person, answer: answerPerson },
  claim: { path: '/claims/{claim}', params: byClaim, schema: Claim, answer: answerClaim },
  statement: { path: '/statements/{id}', params: byId, schema: Statement, answer: answerStatement },
  source: { path: '/sources/{id}', params: byId, schema: Source, answer: answerSource },
  verdict: {
    path: '/claims/{claim}/verdicts/{verdict}',
    params: byVerdict,
    schema: GivenVerdict,
    answer: answerVerdict,
  },
  attribution: {
    path: '/statements/{id}/attributions/{attribution}',
    params: byAttribution,
    schema: Attribution,
    answer: answerAttribution,
  },
};

const nouns = Object.keys(kinds) as Noun[];
const named = (params: Named): string => Object.values(params).at(-1)!;

/** The id of the record in the address, as whoever works on the record finds it. Throws `NotFound`, `Gone`. */
async function idIn({ answer }: Kind, call: Call<Named, unknown, unknown>, site: Site): Promise<string> {
  const { json } = await answer(named(call.params), { ...call, instant: null, audience: 'desk' }, site);
  return (JSON.parse(json) as { id: string }).id;
}

const history = nouns.map((noun): Route => {
  const kind = kinds[noun];
  return read({
    path: `${kind.path}/history`,
    summary: `Who changed what of this ${noun}, when and why, newest first`,
    params: kind.params,
    query: listQuery({}, 'desc').omit({ asOf: true, order: true }),
    desk: true,
    answers: { 200: listOf(HistoryEntry) },
    async read(call, site) {
      const page = pageFor(call, site, {});
      const { items, last } = await recordHistory(site.db, noun, await idIn(kind, call, site), page);
      return listAnswer(call, site, { items: JSON.stringify(items), last });
    },
  });
});

const restoring = (['person', 'claim', 'statement', 'source'] as const satisfies RestorableNoun[]).map((noun) => {
  const kind = kinds[noun];
  return write({
    method: 'post',
    path: `${kind.path}/restore`,
    summary: `Make this ${noun} what it was after an earlier change, as a new change`,
    params: kind.params,
    query: none,
    body: RestoreRecord.extend(reason),
    answers: { 200: kind.schema },
    action: 'record.restore',
    async act(tx, call, site) {
      const { reason: _, ...input } = call.body;
      const id = await idIn(kind, call, { ...site, db: tx });
      await restoreRecord(tx, noun, id, input);
      return id;
    },
    answer: kind.answer,
  });
});

const approving = statefulNouns.map((noun) => {
  const kind = kinds[noun];
  return write({
    method: 'post',
    path: `${kind.path}/approval`,
    summary: `Approve this ${noun}, which is in review, as a second pair of eyes; any edit voids it`,
    params: kind.params,
    query: none,
    body: z.strictObject({ version: z.int().min(1).meta({ description: 'The version that you read' }), ...reason }),
    answers: { 200: kind.schema },
    action: 'record.approve',
    async act(tx, call, site) {
      const id = await idIn(kind, call, { ...site, db: tx });
      await approveRecord(tx, noun, id, call.body.version);
      return id;
    },
    answer: kind.answer,
  });
});

const merging = (['person', 'claim'] as const satisfies MergeableNoun[]).flatMap((noun) => {
  const kind = kinds[noun];
  return [
    write({
      method: 'post',
      path: `${kind.path}/merge`,
      summary: `Merge this ${noun} into another, which then stands for both`,
      params: kind.params,
      query: none,
      body: MergeRecord.extend(reason),
      answers: { 200: kind.schema },
      action: 'record.merge',
      act: (tx, { params, body: { reason: _, ...input } }) => mergeRecord(tx, noun, named(params), input),
      answer: kind.answer,
    }),
    write({
      method: 'post',
      path: `${kind.path}/unmerge`,
      summary: `Set this merged ${noun}, by its own id or slug, apart again`,
      params: kind.params,
      query: none,
      body: z.strictObject(reason),
      answers: { 200: kind.schema },
      action: 'record.unmerge',
      act: (tx, { params }) => unmergeRecord(tx, noun, named(params)),
      answer: kind.answer,
    }),
  ];
});

/** What can be done with every record alike, whatever it is. */
export const records: Route[] = [
  ...history,
  ...restoring,
  ...approving,
  ...merging,
  write({
    method: 'post',
    path: '/erasures',
    summary: 'Erase the words of a record for good, in every version, on a legal ground',
    // The record is named in the body, as its address may hold words of it.
    params: none,
    query: none,
    body: PurgeRecord,
    answers: { 200: Erasure },
    action: 'record.purge',
    async act(tx, { body }) {
      await purgeRecord(tx, body);
      return body;
    },
    answer: async (erased) => ({ json: JSON.stringify(erased) }),
  }),
];
