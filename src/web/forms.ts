import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';

/**
 * The forms that an answer can have: how its address ends, and its media type. JSON is what is sent unasked. An answer is
 * asked for in another form by its address (`timeline.csv`) or, where that does not say, by Accept.
 */
export const forms = {
  json: 'application/json',
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
  timelinejs: 'application/vnd.timelinejs+json',
  jsonld: 'application/ld+json',
} as const;

export type Form = keyof typeof forms;

export const isForm = (extension: string): extension is Form => Object.hasOwn(forms, extension);

const names = Object.keys(forms) as Form[];
const mediaTypes = Object.values(forms);
const others = new RegExp(
  mediaTypes
    .slice(1)
    .map((type) => type.replace(/[.+/]/g, '\\$&'))
    .join('|'),
  'i',
);

/** The form that Accept prefers; JSON where it names none of the others. */
export function acceptedForm({ headers }: IncomingMessage): Form {
  if (!others.test(headers.accept ?? '')) return 'json';
  const preferred = new Negotiator({ headers }).mediaType([...mediaTypes]);
  return names.find((name) => forms[name] === preferred) ?? 'json';
}
