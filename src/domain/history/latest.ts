import { type RawBuilder, sql } from 'kysely';
import { addressOf } from '../../db/json.ts';
import { type Param, prepared } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { recorded } from '../people/person-json.ts';
import { latestOfOurs, membersOf, verdictsOn } from '../verdicts/verdict-json.ts';
import { isPublished } from '../visibility.ts';
import type { VerdictStatus } from '../vocabulary.ts';

/** What is put on record, for those who follow it. Instants are UTC, to the microsecond. */
interface Latest {
  id: string;
  url: string;
  /** When it was first published. */
  published: string;
  /** When something that readers see of it last changed. */
  updated: string;
}

export interface LatestClaim extends Latest {
  text: string;
  status: VerdictStatus;
  summary: string | null;
}

export interface LatestStatement extends Latest {
  speaker: string;
  saidOn: string;
  quote: string | null;
}

/** A finding of ours on a claim. `url` is the claim's. */
export interface LatestVerdict extends Latest {
  claimId: string;
  claim: string;
  status: VerdictStatus;
  summary: string | null;
  revision: string | null;
  note: string | null;
}

type Values = { id: string };

const MOST = 30;
const none = { id: '' };

/** The claims on which something was last published or found, newest first. */
export const latestClaims = (db: Database): Promise<LatestClaim[]> => ofAll(db, none);

/** The same under one topic. */
export const latestClaimsUnder = (db: Database, topicId: string): Promise<LatestClaim[]> =>
  ofTopic(db, { id: topicId });

/** What was last put on record of what a person said, or had said. */
export const latestStatementsBy = (db: Database, personId: string): Promise<LatestStatement[]> =>
  byPerson(db, { id: personId });

/** What was last put on record of what was said on a claim. */
export const latestStatementsOn = (db: Database, claimId: string): Promise<LatestStatement[]> =>
  onClaim(db, { id: claimId });

/** Our findings on a claim. */
export const latestVerdictsOn = (db: Database, claimId: string): Promise<LatestVerdict[]> =>
  findingsOn(db, { id: claimId });

/** Findings of ours that corrected or retracted the one before. */
export const latestCorrections = (db: Database): Promise<LatestVerdict[]> => corrections(db, none);

// Of all claims, only those at which something happened last can be among the first: each index is read from its end.
const ofAll = prepared<Values, LatestClaim>(() =>
  claims(sql`c.id in (
    select canonical_id from claims where id in (
      (select id from claims where ${isPublished('claims')} order by sys_from desc limit ${sql.lit(2 * MOST)})
      union (select claim_id from verdicts where ${isPublished('verdicts')} and ours order by sys_from desc limit ${sql.lit(2 * MOST)})))`),
);

const ofTopic = prepared<Values, LatestClaim>((param) =>
  claims(sql`c.id in (
    select m.canonical_id from claim_topics join claims as m on m.id = claim_topics.claim_id
     where claim_topics.topic_id = ${param('id')}::uuid)`),
);

const byPerson = prepared<Values, LatestStatement>((param) => {
  const members = sql`array(select p.id from people as p where p.canonical_id = ${param('id')}::uuid)`;
  return statements(sql`(s.person_id = any(${members}) or s.on_behalf_of_id = any(${members}))`);
});

const onClaim = prepared<Values, LatestStatement>((param) =>
  statements(sql`s.id in (select statement_id from positions where claim_id = any(${membersOfId(param)}))`),
);

const findingsOn = prepared<Values, LatestVerdict>((param) => verdicts(sql`v.claim_id = any(${membersOfId(param)})`));

const corrections = prepared<Values, LatestVerdict>(() => verdicts(sql`v.revision in ('correction', 'retraction')`));

function claims(which: RawBuilder<unknown>): RawBuilder<LatestClaim> {
  return sql<LatestClaim>`
    select c.id, ${addressOf('claims', 'c.slug')} as url, c.text, coalesce(v.status, 'unverified') as status, v.summary,
           ${published('claims', 'c.id')} as published, ${stamp(sql`greatest(c.sys_from, v.sys_from)`)} as updated
      from claims as c left join lateral (select v.* ${latestOfOurs(verdictsOn(membersOf('c.id')))}) as v on true
     where ${which} and ${isPublished('c')} and c.canonical_id = c.id
     order by greatest(c.sys_from, v.sys_from) desc, c.id desc limit ${sql.lit(MOST)}`;
}

function statements(which: RawBuilder<unknown>): RawBuilder<LatestStatement> {
  return sql<LatestStatement>`
    select s.id, ${addressOf('statements', 's.id')} as url, s.quote, s.said_text as "saidOn",
           (select party.name from ${recorded.party('s.person_id')}) as speaker,
           ${published('statements', 's.id')} as published, ${stamp(sql`s.sys_from`)} as updated
      from statements as s
     where ${which} and ${isPublished('s')}
     order by s.sys_from desc, s.id desc limit ${sql.lit(MOST)}`;
}

function verdicts(which: RawBuilder<unknown>): RawBuilder<LatestVerdict> {
  return sql<LatestVerdict>`
    select v.id, c.id as "claimId", ${addressOf('claims', 'c.slug')} as url, c.text as claim, v.status, v.summary, v.revision,
           v.revision_note as note, ${published('verdicts', 'v.id')} as published, ${stamp(sql`v.sys_from`)} as updated
      from verdicts as v join claims as m on m.id = v.claim_id join claims as c on c.id = m.canonical_id
     where ${which} and v.ours and ${isPublished('v')} and ${isPublished('c')}
     order by v.sys_from desc, v.id desc limit ${sql.lit(MOST)}`;
}

const membersOfId = (param: Param<Values>) =>
  sql`array(select m.id from claims as m where m.canonical_id = ${param('id')}::uuid)`;

const stamp = (at: RawBuilder<unknown>) =>
  sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const published = (table: string, id: string) =>
  sql<string>`(select ${stamp(sql`min(h.sys_from)`)} from ${sql.table(`versions.${table}`)} as h where h.id = ${sql.ref(id)} and h.state = 'published')`;
