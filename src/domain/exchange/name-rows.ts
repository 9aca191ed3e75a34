import { newId } from '../../lib/ids.ts';
import { nameKeys } from '../../lib/name-keys.ts';
import { key as comparable } from '../../lib/text.ts';
import type { Bearer } from '../people/bearers.ts';
import type { Batch, Row } from './batch.ts';

/** Adds somebody who is only named, and returns the id. */
export function addNamed(batch: Batch, id: string, name: string, kind: 'person' | 'organization'): string {
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
