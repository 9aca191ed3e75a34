import { Conflict } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { key as comparable } from '../../lib/text.ts';
import type { Bearer } from '../people/bearers.ts';
import { withDisplayed } from '../people/make-person.ts';
import { rolePeriod } from '../people/rules.ts';
import type { Batch } from './batch.ts';
import { addNameRow, addPersonRow, remember } from './name-rows.ts';
import type { RecordForm } from './record-form.ts';
import { personId } from './referred.ts';

/** Adds a person; one whom the file calls by a key may be met instead. */
export function addPerson(batch: Batch, id: string, record: RecordForm<'person'>): string {
  const { purgedBecause = null } = record;
  const present = record.key === undefined ? undefined : meet(batch, record);
  if (present) {
    batch.found.keyed.set(present.id, true);
    return present.id;
  }

  addPersonRow(
    batch,
    {
      id,
      canonical_id: record.canonicalId ?? id,
      name: record.name,
      kind: record.kind,
      description: record.description ?? null,
      external_ids: JSON.stringify(record.externalIds),
      purged_because: purgedBecause,
    },
    { asked: record.slug, former: record.formerSlugs },
  );
  const bearer = { id, slug: '', name: record.name, kind: record.kind, external_ids: record.externalIds };
  // Erasure leaves no names.
  for (const name of purgedBecause === null ? withDisplayed(record.name, record.names).names : record.names) {
    addNameRow(batch, id, name);
    if (name.kind !== 'weak' && name.kind !== 'misspelling') remember(batch, name.name, bearer);
  }
  for (const [scheme, value] of Object.entries(record.externalIds))
    batch.found.externals.set(`${scheme} ${value}`, [bearer]);
  batch.found.keyed.set(id, true);
  if (record.canonicalId) batch.canonicals.set(id, record.canonicalId);
  record.roles.forEach((role, index) => {
    const { heldFrom, heldUntil } = rolePeriod(role.from, role.to);
    const row = {
      id: role.id ?? newId(),
      person_id: id,
      title: role.title,
      organization_id:
        role.organization == null
          ? null
          : personId(batch, role.organization, 'organization', ['roles', index, 'organization']),
      starts_on: role.from ?? null,
      ends_on: role.to ?? null,
      held_from: heldFrom,
      held_until: heldUntil,
    };
    batch.rows.roles.push(row);
    batch.found.roles.set(id, [...(batch.found.roles.get(id) ?? []), row]);
  });
  return id;
}

/**
 * Who on record this person is: the one with the same external id; else the only one of the name and kind whom no
 * external id contradicts and no other key of the same scheme names. Of several, nobody: that is for a human.
 * Throws `Conflict` where the external ids are those of several.
 */
function meet(batch: Batch, record: RecordForm<'person'>): Bearer | undefined {
  const external = Object.entries(record.externalIds).flatMap(
    ([scheme, value]) => batch.found.externals.get(`${scheme} ${value}`) ?? [],
  );
  const people = [...new Map(external.map((one) => [one.id, one])).values()];
  if (people.length > 1)
    throw new Conflict(
      'person.ambiguous',
      `The external ids are those of several people on record: ${people.map(({ slug, id }) => slug || id).join(', ')}.`,
    );
  if (people[0]) return people[0];
  const namesakes = (batch.found.bearers.get(comparable(record.name)) ?? []).filter(
    (one) =>
      one.kind === record.kind && !batch.found.keyed.has(one.id) && !contradicts(one.external_ids, record.externalIds),
  );
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

const contradicts = (one: Record<string, string>, other: Record<string, string>) =>
  Object.entries(one).some(([scheme, value]) => other[scheme] !== undefined && other[scheme] !== value);
