// Turns the folder of Factopolis (people, checkers, claims and statements as JSON Lines) into our exchange form:
// npm run -s convert:factopolis -- <folder> | npm run -s onrecord -- import jsonl -
import { join } from 'node:path';
import type { RecordInput } from '../../src/domain/exchange/record-form.ts';
import { LABELS_VERSION, statusOf } from '../../src/domain/exchange/verdict-labels.ts';
import { rolePeriod } from '../../src/domain/people/rules.ts';
import { looseDate } from '../../src/lib/loose-dates.ts';
import { inWords, printRecords, readLines } from './lines.ts';

interface Person {
  slug: string;
  title: string;
  wikipedia?: string;
  twitter?: string;
  offices?: { title: string; from?: string; thru?: string }[];
}
interface Checker {
  slug: string;
  title: string;
}
interface Claim {
  slug: string;
  title: string;
  subjects?: string[];
  topics?: string[];
}
interface Said {
  id: string;
  person: string;
  date: string;
  claims: string[];
  quote: string;
  where?: string;
  sources: { type: string; id?: string | number; url?: string; start?: number; duration?: number; user?: string }[];
  checks?: { checker: string; rating?: string; source: string; quote?: string; claims?: string[] }[];
}

const [folder] = process.argv.slice(2);
if (!folder)
  throw new Error('Name the folder that holds people.jsonl, checkers.jsonl, claims.jsonl and statements.jsonl.');
const read = <T>(name: string) => readLines<T>(join(folder, `${name}.jsonl`));
const key = (kind: string, id: string) => `factopolis ${kind} ${id}`;

const people = (await read<Person>('people')).map(
  ({ slug, title, wikipedia, twitter, offices = [] }): RecordInput => ({
    type: 'person',
    key: key('person', slug),
    name: title,
    roles: offices.map(roleOf),
    externalIds: { ...(wikipedia && { wikipedia: wikipedia.replaceAll('_', ' ') }), ...(twitter && { twitter }) },
  }),
);
const checkers = (await read<Checker>('checkers')).map(
  ({ slug, title }): RecordInput => ({ type: 'person', key: key('checker', slug), name: title, kind: 'organization' }),
);
const claims = (await read<Claim>('claims')).map(
  ({ slug, title, subjects = [], topics = [] }): RecordInput => ({
    type: 'claim',
    key: key('claim', slug),
    text: title,
    language: 'en',
    topics: topics.map(inWords),
    // A subject may be somebody of whom nothing else is told.
    people: subjects.filter(isKnown).map((subject) => ({ person: { key: key('person', subject) }, as: 'about' })),
  }),
);
const said = await read<Said>('statements');
const statements = said.map(
  ({ id, person, date, quote, where, sources, claims: asserted }): RecordInput => ({
    type: 'statement',
    key: key('statement', id),
    person: { key: key('person', person) },
    quoteKind: 'verbatim',
    quote,
    language: 'en',
    saidOn: date,
    venue: where,
    sources: sources.flatMap(sourceOf),
    positions: [...new Set(asserted)].map((claim) => ({ claim: { key: key('claim', claim) }, stance: 'asserts' })),
  }),
);
/** A check is of the claims that it names, else of all that were made. */
const verdicts = said.flatMap(({ id, claims: asserted, checks = [] }) =>
  checks.flatMap(({ checker, rating, source, quote, claims: checked = asserted }, index) =>
    rating === undefined
      ? []
      : [...new Set(checked)].map(
          (claim): RecordInput => ({
            type: 'verdict',
            key: key('check', `${id} ${index} ${claim}`),
            claim: { key: key('claim', claim) },
            by: { key: key('checker', checker) },
            status: statusOf(inWords(rating)) ?? 'unverified',
            nativeLabel: inWords(rating),
            mappingVersion: LABELS_VERSION,
            explanation: quote,
            url: source,
            // The checks have no dates; they are of these years.
            decidedAt: '201X',
          }),
        ),
  ),
);
printRecords([...people, ...checkers, ...claims, ...statements, ...verdicts]);

/** Some end before they begin: then only the beginning is taken. */
function roleOf({ title, from, thru }: NonNullable<Person['offices']>[number]) {
  const [start, end] = [looseDate(from ?? ''), looseDate(thru ?? '')];
  return { title, from: start, to: rolePeriod(start, end).wrong ? undefined : end };
}

function isKnown(slug: string): boolean {
  return people.some((person) => person.key === key('person', slug));
}

/** A page, or a recording with the seconds in which it was said. */
function sourceOf({ type, id, url, start, duration, user }: Said['sources'][number]) {
  const address =
    url ??
    {
      youtube: `https://www.youtube.com/watch?v=${id}`,
      twitter: `https://twitter.com/${user ?? 'i'}/status/${id}`,
      'archive-org': `https://archive.org/details/${id}`,
      'c-span': `https://www.c-span.org/video/?${id}`,
    }[type];
  if (!address) return [];
  const excerpt = start === undefined ? null : { start, end: duration ? start + duration : null };
  return [{ url: address, role: 'primary' as const, excerpt }];
}
