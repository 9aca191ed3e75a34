import { createHash } from 'node:crypto';
import { isId } from '../../lib/ids.ts';
import type { Noun, PersonReferred, RecordForm } from './record-form.ts';

/** What a record is called: by its id or, in its scheme, by the key that it has where it comes from. */
export type Name = { id: string } | { key: string };

/** A source described, not named. Its publisher may be named by key. */
export interface Described {
  url?: string | null | undefined;
  title?: string | null | undefined;
  publisher?: PersonReferred | null | undefined;
}

type Path = (string | number)[];

/** All that a record refers to, by how it is referred to. */
export interface References {
  /** Records that must be on record or in the file. */
  records: { noun: Noun; name: Name; path: Path }[];
  /** People by slug, people by name, topics by name or slug, sources by description. */
  slugs: string[];
  people: string[];
  topics: string[];
  sources: Described[];
}

/** One string for a noun and a name, for maps. */
export function label(noun: Noun, name: Name): string {
  return 'id' in name ? `${noun} id ${name.id}` : `${noun} key ${name.key}`;
}

/** A key as it is kept: a long one by its hash, as an index row has bounds. */
export const storedKey = (key: string): string =>
  Buffer.byteLength(key) <= 500 ? key : createHash('sha256').update(key).digest('hex');

export const nameIn = (referred: string | { key: string }): Name =>
  typeof referred === 'string' ? { id: referred } : referred;

export function referencesOf(record: RecordForm): References {
  const found: References = { records: [], slugs: [], people: [], topics: [], sources: [] };
  const named = (noun: Noun, referred: string | { key: string } | null | undefined, path: Path) => {
    if (referred != null) found.records.push({ noun, name: nameIn(referred), path });
  };
  const person = (referred: PersonReferred | null | undefined, path: Path) => {
    if (referred == null) return;
    if (typeof referred === 'string') {
      if (isId(referred)) named('person', referred.toLowerCase(), path);
      else found.slugs.push(referred);
    } else if ('key' in referred) named('person', referred, path);
    else found.people.push(referred.name);
  };
  const described = (source: Described, path: Path) => {
    person(source.publisher, [...path, 'publisher']);
    found.sources.push(source);
  };
  const cited = (
    sources: readonly ({ id?: string | undefined; key?: string | undefined } & Described)[],
    at: string,
  ) => {
    sources.forEach((source, index) => {
      if (source.id) named('source', source.id, [at, index, 'id']);
      else if (source.key) named('source', { key: source.key }, [at, index, 'key']);
      else described(source, [at, index]);
    });
  };

  if ('canonicalId' in record && record.canonicalId !== record.id)
    named(record.type, record.canonicalId, ['canonicalId']);
  switch (record.type) {
    case 'person':
      record.roles.forEach((role, index) => {
        person(role.organization, ['roles', index, 'organization']);
      });
      break;
    case 'topic':
      found.topics.push(record.name);
      break;
    case 'source':
      described(record, []);
      break;
    case 'claim':
      record.topics.forEach((topic, index) => {
        if (isId(topic)) named('topic', topic.toLowerCase(), ['topics', index]);
        else found.topics.push(topic);
      });
      record.people.forEach((one, index) => {
        person(one.person, ['people', index, 'person']);
      });
      cited(record.sources, 'sources');
      break;
    case 'statement':
      person(record.person, ['person']);
      person(record.onBehalfOf, ['onBehalfOf']);
      person(record.askedBy, ['askedBy']);
      cited(record.sources, 'sources');
      record.derivations.forEach((step, index) => {
        named('source', step.source, ['derivations', index, 'source']);
        named('source', step.from, ['derivations', index, 'from']);
      });
      record.positions.forEach((position, index) => {
        named('claim', position.claim, ['positions', index, 'claim']);
        named('statement', position.repliesTo, ['positions', index, 'repliesTo']);
      });
      break;
    case 'verdict':
      named('claim', record.claim, ['claim']);
      named('verdict', record.supersedes, ['supersedes']);
      person(record.by, ['by']);
      cited(record.evidence, 'evidence');
      break;
    case 'attribution':
      named('statement', record.statement, ['statement']);
      person(record.by, ['by']);
      cited(record.evidence, 'evidence');
      break;
  }
  return found;
}
