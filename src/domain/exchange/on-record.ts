import type { Reader } from '../../db/types.ts';
import { parseAddress } from '../../lib/addresses.ts';
import { key as comparable } from '../../lib/text.ts';
import { type Bearer, findBearers } from '../people/bearers.ts';
import { findSourcesByUrl, findSourcesWithoutUrl, type SourceRow } from '../sources/find-sources.ts';
import {
  findByExternalIds,
  findKeyed,
  findKinds,
  findNamed,
  findPositions,
  findRoles,
  findSlugs,
  findTopics,
} from './lookups.ts';
import type { Place } from './reading.ts';
import type { RecordForm } from './record-form.ts';
import { label, type Name, type References } from './record-references.ts';

/** A record that is to be written, and where it stands in the file. */
export interface Incoming {
  record: RecordForm;
  place: Place;
  name: Name;
  /** SHA-256 of what was read. */
  content: Buffer;
  references: References;
}

/** What a batch needs to know of the record, looked up set by set before anything is made. */
export interface OnRecord {
  /** By label: the id of each record named by the batch that is there. */
  ids: Map<string, string>;
  /** By label: what the record was made or met from. */
  contents: Map<string, Buffer>;
  slugs: Map<string, { id: string; purged_because: string | null }>;
  bearers: Map<string, Bearer[]>;
  /** By external id, `scheme value`: the people who have it. */
  externals: Map<string, Bearer[]>;
  /** Of people, those whom a key of this scheme names. */
  keyed: Map<string, true>;
  /** By comparable name, by slug. */
  topics: Map<string, string>;
  sources: Map<string, SourceRow>;
  /** Of people, by id. */
  roles: Map<string, { id: string; title: string }[]>;
  /** Of claims, by id. */
  kinds: Map<string, string>;
  /** `statement claim`, of the statements that are replied to. */
  positions: Map<string, true>;
}

/** How a source without an address is known again. */
export const tripleOf = (source: { publisher_id: string | null; title: string | null; published_on: string | null }) =>
  JSON.stringify([source.publisher_id, source.title && comparable(source.title), source.published_on]);

/** Looks up all that the records of a batch name. `ourName` is that of the publisher whose findings are ours. */
export async function lookUp(
  reader: Reader,
  batch: readonly Incoming[],
  { scheme, ourName }: { scheme: string; ourName: string },
): Promise<OnRecord> {
  const every = <T>(of: (one: Incoming) => readonly T[]): T[] => [...new Set(batch.flatMap(of))];
  const named = batch.flatMap(({ record, name, references }) => [{ noun: record.type, name }, ...references.records]);
  const { ids, contents } = await findNamed(reader, named, scheme);
  const idOf = (noun: RecordForm['type'], name: Name) => ids.get(label(noun, name));

  const bearers = await findBearers(
    reader,
    every(({ record, references }) => [
      ...references.people,
      ...(record.type === 'person' ? [record.name] : []),
      ...(record.type === 'verdict' || record.type === 'attribution' ? [ourName] : []),
    ]),
  );
  const foreign = every(({ record, name }) => (record.type === 'person' && 'key' in name ? [record] : []));
  const externals = await findByExternalIds(
    reader,
    foreign.flatMap(({ externalIds }) => Object.entries(externalIds)),
  );
  const people = [...bearers.values(), ...externals.values()].flat().map(({ id }) => id);
  const slugs = await findSlugs(
    reader,
    every(({ references }) => references.slugs),
  );

  const described = every(({ references }) => references.sources);
  const urls = described.flatMap(({ url }) => (url == null ? [] : [parseAddress(url).canonical]));
  const titled = described.filter(({ url }) => url == null);
  const publishers = titled.some(({ publisher }) => publisher != null)
    ? [...new Set([...people, ...ids.values()])]
    : [];
  const sources = new Map<string, SourceRow>();
  for (const row of await findSourcesByUrl(reader, [...new Set(urls)])) sources.set(row.canonical_url!, row);
  for (const row of await findSourcesWithoutUrl(
    reader,
    publishers,
    titled.map(({ title }) => title ?? null),
  ))
    sources.set(tripleOf(row), row);

  const speakers = batch.some(({ record }) => record.type === 'statement' && record.role != null)
    ? [...people, ...ids.values(), ...[...slugs.values()].map(({ id }) => id)]
    : [];
  const replied = batch.flatMap(({ references }) =>
    references.records.flatMap(({ noun, name }) => (noun === 'statement' && idOf(noun, name)) || []),
  );
  const judged = batch.flatMap(({ record, references }) =>
    record.type === 'verdict'
      ? references.records.flatMap(({ noun, name }) => (noun === 'claim' && idOf(noun, name)) || [])
      : [],
  );
  return {
    ids,
    contents,
    bearers,
    externals,
    keyed: await findKeyed(reader, scheme, foreign.length ? people : []),
    slugs,
    topics: await findTopics(
      reader,
      every(({ references }) => references.topics),
    ),
    sources,
    roles: await findRoles(reader, speakers),
    kinds: await findKinds(reader, judged),
    positions: await findPositions(reader, replied),
  };
}
