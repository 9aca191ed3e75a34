import { createHash } from 'node:crypto';
import type { ZodError } from 'zod';
import { pointerTo } from '../../errors.ts';
import type { Incoming } from './on-record.ts';
import type { Place } from './reading.ts';
import { type Noun, type RecordForm, type RecordInput, recordForms } from './record-form.ts';
import { label, referencesOf } from './record-references.ts';

type Checked = { incoming: Incoming; refused?: never } | { incoming?: never; refused: string };

/** Checks a record as it was read. One without id and key is known again by all that it says. */
export function incomingOf(input: RecordInput, place: Place): Checked {
  const { data, error } = recordForms[input.type as Noun].safeParse(input);
  if (error) return { refused: sentence(error) };
  const record = data as RecordForm;
  const content = createHash('sha256').update(JSON.stringify(record)).digest();
  const name = record.id ? { id: record.id } : { key: record.key ?? content.toString('hex') };
  return { incoming: { record, place, name, content, references: referencesOf(record) } };
}

/** One sentence for all that is wrong, each with its JSON Pointer. */
function sentence(error: ZodError): string {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `${pointerTo([...issue.path, key])}: is not known here`)
        : `${pointerTo(issue.path) || '/'}: ${issue.message}`,
    )
    .join('; ');
}

/** What others may call a record that is not as it should be. */
export function namesOf({ type, id, key }: RecordInput): string[] {
  return [...(id ? [label(type, { id })] : []), ...(key ? [label(type, { key })] : [])];
}
