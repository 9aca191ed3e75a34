import { type RawBuilder, sql } from 'kysely';
import { jsonObject } from '../../db/json.ts';
import { excerptJson } from '../sources/source-json.ts';
import { isPublicPerson, isPublicSource, isPublicTopic, isPublished } from '../visibility.ts';
import type { Noun } from './record-form.ts';

/** Which records go out: what is public, or all that is on record, drafts, withdrawn and erased ones too. */
export type Scope = 'published' | 'everything';

interface RecordJson {
  table: string;
  /** Whether `s` is among what is public. */
  isPublic: RawBuilder<boolean>;
  /** Its members, as SQL. */
  form(scope: Scope): Record<string, RawBuilder<unknown>>;
}

const column = (name: string) => sql.ref(name);
const list = (items: RawBuilder<unknown>) => sql`coalesce((${items}), '[]'::json)`;
const formerSlugs = (noun: 'person' | 'claim' | 'topic') =>
  list(sql`select json_agg(slugs.slug order by slugs.slug) from slugs
    where slugs.noun = ${sql.lit(noun)} and slugs.record_id = s.id and slugs.slug <> s.slug and length(slugs.slug) < 64`);
const stateful = { state: column('s.state'), withdrawnBecause: column('s.withdrawn_because') };
const erased = { purgedBecause: column('s.purged_because') };

const citations = (of: 'statement' | 'claim' | 'verdict' | 'attribution') =>
  list(
    sql`select json_agg(${jsonObject({
      citationId: column('citation.id'),
      id: column('citation.source_id'),
      role: column('citation.role'),
      excerpt: excerptJson('citation'),
    })} order by citation.id) from citations as citation where citation.${sql.raw(`${of}_id`)} = s.id`,
  );

/** Of merged claims the public sees those that are published, under one that is. */
const isPublicClaim = (id: string) => sql<boolean>`exists (
  select from claims as shown join claims as canonical on canonical.id = shown.canonical_id
   where shown.id = ${sql.ref(id)} and ${isPublished('shown')} and ${isPublished('canonical')})`;

/** To the verdict that it supersedes; without it, where that one is not public, there is nothing to revise. */
const superseding = (scope: Scope) => {
  const shown = scope === 'everything' ? sql`true` : isPublished('superseded');
  const value = (name: string) =>
    sql`(select ${column(name)} from verdicts as superseded where superseded.id = s.supersedes_id and ${shown})`;
  return {
    supersedes: value('superseded.id'),
    revision: value('s.revision'),
    note: value('s.revision_note'),
  };
};

/** Whoever is public also has the organizations of their roles shown; these without roles of their own. */
const isOrganizationOfPublic = sql<boolean>`exists (
  select from people as organization
    join roles on roles.organization_id = organization.id
    join people as holder on holder.id = roles.person_id
   where organization.canonical_id = s.canonical_id and ${isPublicPerson('holder.canonical_id')})`;

/** Every noun in the exchange form. */
export const recordJson: Record<Noun, RecordJson> = {
  person: {
    table: 'people',
    isPublic: sql`(${isPublicPerson('s.canonical_id')} or ${isOrganizationOfPublic})`,
    form: (scope) => ({
      id: column('s.id'),
      slug: column('s.slug'),
      formerSlugs: formerSlugs('person'),
      canonicalId: column('s.canonical_id'),
      name: column('s.name'),
      kind: column('s.kind'),
      description: column('s.description'),
      names: list(
        sql`select json_agg(${jsonObject({
          id: column('names.id'),
          name: column('names.name'),
          kind: column('names.kind'),
          language: column('names.language'),
          script: column('names.script'),
        })} order by names.id) from names where names.person_id = s.id`,
      ),
      roles: list(sql`select json_agg(${jsonObject({
        id: column('roles.id'),
        title: column('roles.title'),
        organization: column('roles.organization_id'),
        from: column('roles.starts_on'),
        to: column('roles.ends_on'),
      })} order by roles.id) from roles where roles.person_id = s.id
        and ${scope === 'published' ? isPublicPerson('s.canonical_id') : sql`true`}`),
      externalIds: column('s.external_ids'),
      ...erased,
    }),
  },
  topic: {
    table: 'topics',
    isPublic: isPublicTopic('s.id'),
    form: () => ({
      id: column('s.id'),
      slug: column('s.slug'),
      formerSlugs: formerSlugs('topic'),
      name: column('s.name'),
    }),
  },
  source: {
    table: 'sources',
    isPublic: isPublicSource('s.id'),
    form: () => ({
      id: column('s.id'),
      url: column('s.url'),
      title: column('s.title'),
      publisher: column('s.publisher_id'),
      author: column('s.author'),
      publishedOn: column('s.published_on'),
      language: column('s.language'),
      archivedUrl: column('s.archived_url'),
      archivedHash: column('s.archived_hash'),
      ...erased,
    }),
  },
  claim: {
    table: 'claims',
    isPublic: isPublicClaim('s.id'),
    form: () => ({
      id: column('s.id'),
      slug: column('s.slug'),
      formerSlugs: formerSlugs('claim'),
      canonicalId: column('s.canonical_id'),
      text: column('s.text'),
      language: column('s.language'),
      kind: column('s.kind'),
      dueOn: column('s.due_on'),
      topics: list(sql`select json_agg(t.topic_id order by t.topic_id) from claim_topics as t where t.claim_id = s.id`),
      people: list(
        sql`select json_agg(${jsonObject({
          person: column('p.person_id'),
          as: column('p.as'),
        })} order by p.person_id, p."as") from claim_people as p where p.claim_id = s.id`,
      ),
      sources: citations('claim'),
      ...stateful,
      ...erased,
    }),
  },
  statement: {
    table: 'statements',
    isPublic: isPublished('s'),
    form: (scope) => ({
      id: column('s.id'),
      person: column('s.person_id'),
      onBehalfOf: column('s.on_behalf_of_id'),
      role: column('s.role_id'),
      quoteKind: column('s.quote_kind'),
      quote: column('s.quote'),
      language: column('s.language'),
      originalLanguage: column('s.original_language'),
      original: column('s.original'),
      saidOn: column('s.said_on'),
      sequence: column('s.sequence'),
      venue: column('s.venue'),
      askedOn: column('s.asked_on'),
      askedBy: column('s.asked_by_id'),
      deadline: column('s.deadline_on'),
      sources: citations('statement'),
      derivations: list(
        sql`select json_agg(${jsonObject({
          id: column('d.id'),
          source: column('d.source_id'),
          from: column('d.from_source_id'),
          relation: column('d.relation'),
        })} order by d.id) from derivations as d where d.statement_id = s.id`,
      ),
      positions: list(sql`select json_agg(${jsonObject({
        id: column('p.id'),
        claim: column('p.claim_id'),
        stance: column('p.stance'),
        repliesTo:
          scope === 'everything'
            ? column('p.replies_to_id')
            : sql`(select replied.id from statements as replied where replied.id = p.replies_to_id and ${isPublished('replied')})`,
        repeatOfEarlier: column('p.repeat_of_earlier'),
      })} order by p.id) from positions as p where p.statement_id = s.id
        and ${scope === 'published' ? isPublicClaim('p.claim_id') : sql`true`}`),
      ...stateful,
      ...erased,
    }),
  },
  verdict: {
    table: 'verdicts',
    isPublic: sql`(${isPublished('s')} and ${isPublicClaim('s.claim_id')})`,
    form: (scope) => ({
      id: column('s.id'),
      claim: column('s.claim_id'),
      by: column('s.publisher_id'),
      ours: column('s.ours'),
      status: column('s.status'),
      summary: column('s.summary'),
      explanation: column('s.explanation'),
      nativeLabel: column('s.native_label'),
      mappingVersion: column('s.mapping_version'),
      url: column('s.url'),
      decidedAt: column('s.decided_on'),
      ...superseding(scope),
      evidence: citations('verdict'),
      ...stateful,
      ...erased,
    }),
  },
  attribution: {
    table: 'attributions',
    isPublic: sql`(${isPublished('s')} and exists (
      select from statements where statements.id = s.statement_id and ${isPublished('statements')}))`,
    form: () => ({
      id: column('s.id'),
      statement: column('s.statement_id'),
      by: column('s.publisher_id'),
      ours: column('s.ours'),
      status: column('s.status'),
      summary: column('s.summary'),
      decidedAt: column('s.decided_on'),
      evidence: citations('attribution'),
      ...stateful,
      ...erased,
    }),
  },
};
