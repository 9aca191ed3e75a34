import { Gone, Invalid, pointerTo } from '../../errors.ts';
import type { DiskMap } from '../../lib/disk-map.ts';
import { isId, newId } from '../../lib/ids.ts';
import { nameKeys } from '../../lib/name-keys.ts';
import { key as comparable } from '../../lib/text.ts';
import type { Bearer } from '../people/bearers.ts';
import { onlyBearer } from '../people/find-or-make-person.ts';
import type { SourceRow } from '../sources/find-sources.ts';
import type { Incoming, OnRecord } from './on-record.ts';
import { over } from './over.ts';
import type { Noun, PersonReferred } from './record-form.ts';
import { label, type Name, nameIn } from './record-references.ts';

export type Path = (string | number)[];
export type Row = Record<string, unknown>;

/** The tables that a batch fills, in the order in which they are written. */
export const FILLED = [
  'people',
  'names',
  'roles',
  'topics',
  'sources',
  'claims',
  'claim_people',
  'claim_topics',
  'statements',
  'positions',
  'verdicts',
  'attributions',
  'citations',
  'derivations',
] as const;

/** What does not change from batch to batch of an import. */
export interface Run {
  importId: string;
  /** Whose keys those in the file are: the format. */
  scheme: string;
  ourName: string;
  /** The state of what is public once it is in: `in_review` where four eyes hold. */
  stateUnasked: 'published' | 'in_review';
  /** Whether the file is our own, so that what it calls ours is. */
  isOurs: boolean;
  /** By label: why a record of the file was refused. */
  refused: Map<string, string>;
  /** By noun and slug: the number that was given last. */
  numbers: Map<string, number>;
  /** Of a dry run, which writes nothing: what earlier batches would have made, by what it is and its key. */
  assumed: DiskMap | undefined;
}

/** What is found by name, id or address. */
type Found = Omit<OnRecord, 'slugs'>;

/** Rows on their way: what was on record, and what this batch adds to it. Nothing is written before all of it is right. */
export interface Batch {
  run: Run;
  actorId: string | null;
  /** The stamp of the change. */
  at: string;
  found: Found;
  known: OnRecord;
  rows: Record<(typeof FILLED)[number], Row[]>;
  /** Words from which those made get their slugs, and the slugs that they had elsewhere. */
  slugs: Record<
    'person' | 'claim' | 'topic',
    { row: Row; words: string; asked?: string | undefined; former?: string[] | undefined }[]
  >;
  /** Of people of the batch who were merged: the one who stands for them. */
  canonicals: Map<string, string>;
  /** Sources that this batch makes, and those on record of which it fills blanks. */
  madeSources: Set<SourceRow>;
  filledSources: Map<string, SourceRow>;
  /** Records that turned out to be there, on record or by another record of the batch. */
  met: Set<Incoming>;
}

export function newBatch(run: Run, known: OnRecord, change: { at: string; actor: { id: string | null } }): Batch {
  return {
    run,
    actorId: change.actor.id,
    at: change.at,
    known,
    found: foundOver(known, run.assumed),
    rows: Object.fromEntries(FILLED.map((table) => [table, [] as Row[]])) as Batch['rows'],
    slugs: { person: [], claim: [], topic: [] },
    canonicals: new Map(),
    madeSources: new Set(),
    filledSources: new Map(),
    met: new Set(),
  };
}

export const nothingFound = (): Found => ({
  ids: new Map(),
  contents: new Map(),
  bearers: new Map(),
  externals: new Map(),
  keyed: new Map(),
  topics: new Map(),
  sources: new Map(),
  roles: new Map(),
  kinds: new Map(),
  positions: new Map(),
});

/** Copies of what was looked up, to add to; in a dry run over what earlier batches would have made. */
export function foundOver(known: OnRecord, assumed: DiskMap | undefined): Found {
  const { slugs: _, ...maps } = known;
  return Object.fromEntries(
    Object.entries(maps).map(([what, map]) => [
      what,
      over(map as Map<string, unknown>, assumed && { get: (key) => assumed.get(`${what} ${key}`) }),
    ]),
  ) as unknown as Found;
}

/** Keeps what a batch of a dry run found and would have made, for those that come. */
export function assume(assumed: DiskMap, found: Found): void {
  for (const [what, map] of Object.entries(found) as [keyof Found, Map<string, unknown>][])
    assumed.setAll([...map].map(([key, value]) => [`${what} ${key}`, value]));
}

/** The id of a record that the batch or the record has. Throws `Invalid` where it was refused. */
export function recordId(batch: Batch, noun: Noun, referred: string | { key: string }, path: Path): string {
  const name = nameIn(referred);
  const id = batch.found.ids.get(label(noun, name));
  if (id === undefined) throw new RefusedWithAnother(path, noun, name);
  return id;
}

/** A record that is refused only because another is, which it refers to. */
export class RefusedWithAnother extends Invalid {
  constructor(path: Path, noun: Noun, name: Name) {
    super([{ pointer: pointerTo(path), detail: absent(noun, name) }]);
  }
}

export function absent(noun: Noun, name: Name): string {
  return `refers to the ${noun} "${'id' in name ? name.id : name.key}", which is neither on record nor in the file, or was refused`;
}

/** As `findOrMakePerson`, among those on record and those that this batch makes. */
export function personId(
  batch: Batch,
  referred: PersonReferred,
  otherwise: 'person' | 'organization',
  path: Path,
): string {
  if (typeof referred !== 'string' && 'name' in referred) {
    const bearer = onlyBearer(batch.found.bearers, referred);
    return bearer?.id ?? makeNamed(batch, newId(), referred.name, referred.kind ?? otherwise);
  }
  if (typeof referred !== 'string' || isId(referred)) return recordId(batch, 'person', referred, path);
  const person = batch.known.slugs.get(referred);
  if (!person)
    throw Invalid.at(path, `no person or organization "${referred}" is on record; to make one, write { "name": … }`);
  if (person.purged_because) throw Gone.purged('person', person.purged_because);
  return person.id;
}

/** The roles of a person, and of whoever stands for them. */
export function rolesOf(batch: Batch, person: string): { id: string; title: string }[] {
  const canonical = batch.canonicals.get(person);
  const roles = batch.found.roles;
  return [...(roles.get(person) ?? []), ...((canonical && roles.get(canonical)) || [])];
}

function makeNamed(batch: Batch, id: string, name: string, kind: 'person' | 'organization'): string {
  addPersonRow(
    batch,
    { id, canonical_id: id, name, kind, description: null, external_ids: '{}', purged_because: null },
    {},
  );
  addNameRow(batch, id, { name, kind: 'primary' });
  remember(batch, name, { id, slug: '', name, kind, external_ids: {} });
  return id;
}

export function addPersonRow(
  batch: Batch,
  row: Row & { name: string },
  { asked, former }: { asked?: string | undefined; former?: string[] | undefined },
): void {
  const { id, canonical_id, ...rest } = row;
  const person = { id, canonical_id, slug: '', ...rest };
  batch.rows.people.push(person);
  batch.slugs.person.push({ row: person, words: row.name, asked, former });
}

export function addNameRow(
  batch: Batch,
  personId: string,
  name: {
    id?: string | undefined;
    name: string;
    kind: string;
    language?: string | null | undefined;
    script?: string | null | undefined;
  },
): void {
  batch.rows.names.push({
    id: name.id ?? newId(),
    person_id: personId,
    name: name.name,
    kind: name.kind,
    language: name.language ?? null,
    script: name.script ?? null,
    keys: nameKeys(name.name),
  });
}

/** From now on the name finds this person. */
export function remember(batch: Batch, name: string, bearer: Bearer): void {
  const others = batch.found.bearers.get(comparable(name)) ?? [];
  if (!others.some(({ id }) => id === bearer.id)) batch.found.bearers.set(comparable(name), [...others, bearer]);
}
