import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { PersonReference } from '../fields.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';
import { findOrMakeTopic } from '../topics/find-or-make-topic.ts';
import { claimPersonRoles, words } from '../vocabulary.ts';

export const ClaimPersonInput = z.strictObject({
  person: PersonReference,
  as: z.enum(words(claimPersonRoles)).default('about'),
});
export type ClaimPersonInput = z.output<typeof ClaimPersonInput>;

/** Makes these the people whom a claim is about or made to. Returns whether anything changed. */
export async function writeClaimPeople(
  tx: Writer,
  claimId: string,
  people: readonly ClaimPersonInput[],
): Promise<boolean> {
  const wanted = new Map<string, { claim_id: string; person_id: string; as: ClaimPersonInput['as'] }>();
  for (const [index, { person, as }] of people.entries()) {
    const personId = await findOrMakePerson(tx, person, 'person', ['people', index, 'person']);
    wanted.set(`${personId} ${as}`, { claim_id: claimId, person_id: personId, as });
  }
  const present = await tx
    .selectFrom('claim_people')
    .select(['person_id', 'as'])
    .where('claim_id', '=', claimId)
    .execute();
  const gone = present.filter((row) => !wanted.delete(`${row.person_id} ${row.as}`));
  for (const row of gone) {
    await tx
      .deleteFrom('claim_people')
      .where('claim_id', '=', claimId)
      .where('person_id', '=', row.person_id)
      .where('as', '=', row.as)
      .execute();
  }
  if (wanted.size)
    await tx
      .insertInto('claim_people')
      .values([...wanted.values()])
      .execute();
  return gone.length + wanted.size > 0;
}

/** Makes these the topics of a claim. Returns whether anything changed. */
export async function writeClaimTopics(tx: Writer, claimId: string, topics: readonly string[]): Promise<boolean> {
  const wanted = new Set<string>();
  for (const topic of topics) wanted.add(await findOrMakeTopic(tx, topic));
  const present = await tx.selectFrom('claim_topics').select('topic_id').where('claim_id', '=', claimId).execute();
  const gone = present.filter((row) => !wanted.delete(row.topic_id)).map((row) => row.topic_id);
  if (gone.length)
    await tx.deleteFrom('claim_topics').where('claim_id', '=', claimId).where('topic_id', 'in', gone).execute();
  if (wanted.size)
    await tx
      .insertInto('claim_topics')
      .values([...wanted].map((topic_id) => ({ claim_id: claimId, topic_id })))
      .execute();
  return gone.length + wanted.size > 0;
}
