import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { nameKeys } from '../../lib/name-keys.ts';
import { Id, Language, text } from '../fields.ts';
import { giveSlug, takeSlug } from '../give-slug.ts';
import { type Owner, writeMembers } from '../members.ts';
import { nameKinds, words } from '../vocabulary.ts';

export const NameInput = z.strictObject({
  id: Id.optional(),
  name: text(500),
  kind: z.enum(words(nameKinds)),
  language: Language.nullish(),
  script: z
    .string()
    .regex(/^[A-Z][a-z]{3}$/, 'must be an ISO 15924 script code such as "Latn"')
    .nullish(),
});
export type NameInput = z.output<typeof NameInput>;

interface NewPerson {
  name: string;
  kind: 'person' | 'organization';
  description?: string | null | undefined;
  names?: readonly NameInput[];
  externalIds?: Record<string, string>;
  slug?: string | undefined;
}

/** Makes a person without roles; an act that needs one on the way calls this. */
export async function makePerson(tx: Writer, input: NewPerson): Promise<string> {
  const id = newId();
  if (input.slug) await takeSlug(tx, 'person', id, input.slug);
  const slug = input.slug ?? (await giveSlug(tx, 'person', id, input.name));
  await tx
    .insertInto('people')
    .values({
      id,
      canonical_id: id,
      slug,
      name: input.name,
      kind: input.kind,
      description: input.description ?? null,
      external_ids: JSON.stringify(input.externalIds ?? {}),
    })
    .execute();
  await writeNames(tx, { id, isNew: true }, input.name, input.names ?? []);
  return id;
}

/** Makes these the person's names, with the displayed one among them as a primary name. Returns whether any changed. */
export async function writeNames(
  tx: Writer,
  person: Owner,
  displayed: string,
  sent: readonly NameInput[],
): Promise<boolean> {
  const { names, added } = withDisplayed(displayed, sent);
  const rows = names.map(({ id, name, kind, language = null, script = null }) => ({
    id,
    name,
    kind,
    language,
    script,
    keys: nameKeys(name),
  }));
  return writeMembers(tx, 'names', person, rows, ['names'], { added });
}

/**
 * A person's names with the displayed one among them as a primary name; `added` says how many were not sent. Throws
 * `Invalid` for a second primary name in a language.
 */
export function withDisplayed(
  displayed: string,
  sent: readonly NameInput[],
): { names: readonly NameInput[]; added: number } {
  const listed = sent.some((name) => name.kind === 'primary' && name.name === displayed);
  const names: NameInput[] = listed ? [...sent] : [{ name: displayed, kind: 'primary' }, ...sent];
  const added = names.length - sent.length;
  const languages = new Set<string>();
  names.forEach((name, index) => {
    const language = (name.language ?? 'und').toLowerCase();
    if (name.kind === 'primary' && languages.has(language)) {
      throw Invalid.at(
        ['names', index - added, 'kind'],
        `a second primary name in the language "${language}": one of them is of another kind`,
      );
    }
    if (name.kind === 'primary') languages.add(language);
  });
  return { names, added };
}
