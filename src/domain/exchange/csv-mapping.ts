import { z } from 'zod';

/** What a column of a CSV file can be. */
export const columns = {
  claim: 'The claim in words',
  language: 'Its language, as a BCP 47 tag',
  claimant: 'Who made it',
  saidOn: 'When it was made',
  venue: 'Where it was made',
  appearance: 'The address of a page where it can be seen; several with spaces between',
  publisher: 'Who reviewed it: a name or the address of a site',
  url: 'The address of the review',
  title: 'The heading of the review, or what was found in a sentence',
  explanation: 'The review itself',
  label: 'The verdict, in the publisher’s words',
  reviewedOn: 'When it was reviewed',
  topics: 'Subject headings, with semicolons or commas between',
} as const;

export type Column = keyof typeof columns;

/** Which header of a file is which column. */
export const Mapping = z.strictObject(
  Object.fromEntries(Object.keys(columns).map((name) => [name, z.string().min(1).optional()])) as Record<
    Column,
    z.ZodOptional<z.ZodString>
  >,
);
export type Mapping = z.output<typeof Mapping>;

/** Headers of files that are known: Meedan Check's list export and its feed of fact-checks. */
const known: { headers: string[]; mapping: Mapping }[] = [
  {
    headers: ['Claim', 'Item page URL', 'Status'],
    mapping: {
      claim: 'Claim',
      url: 'Item page URL',
      label: 'Status',
      saidOn: 'Social Media Posted at',
      reviewedOn: 'Report Published at',
      topics: 'Tags',
    },
  },
  {
    headers: ['Fact-check title', 'Fact-check URL', 'Rating'],
    mapping: {
      claim: 'Fact-check title',
      explanation: 'Fact-check summary',
      url: 'Fact-check URL',
      publisher: 'Workspace',
      label: 'Rating',
      reviewedOn: 'Updated at',
      topics: 'Tags',
    },
  },
];

/** The mapping for these headers: the one given, one that is known, else each header that is a column's name. */
export function mappingFor(headers: readonly string[], given: Mapping | undefined): Mapping {
  if (given) return given;
  const file = known.find((one) => one.headers.every((header) => headers.includes(header)));
  if (file)
    return Object.fromEntries(Object.entries(file.mapping).filter(([, header]) => headers.includes(header ?? '')));
  const same = (Object.keys(columns) as Column[]).flatMap((name) => {
    const header = headers.find((one) => one.trim().toLowerCase() === name.toLowerCase());
    return header === undefined ? [] : [[name, header]];
  });
  return Object.fromEntries(same);
}
