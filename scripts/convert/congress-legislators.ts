// Turns files of congress-legislators (YAML: people with ids, names and terms) into our exchange form:
// npm run -s convert:legislators -- <file…> | npm run -s onrecord -- import jsonl -
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { RecordInput } from '../../src/domain/exchange/record-form.ts';
import { printRecords } from './lines.ts';

interface Legislator {
  id: Record<string, string | number | string[]> & { bioguide?: string };
  name: { first: string; middle?: string; last: string; suffix?: string; nickname?: string; official_full?: string };
  other_names?: { first?: string; middle?: string; last?: string; start?: string; end?: string }[];
  terms: { type: string; start: string; end: string; state?: string; district?: number; party?: string }[];
}

const TITLES: Record<string, string> = {
  sen: 'United States Senator',
  rep: 'United States Representative',
  prez: 'President of the United States',
  viceprez: 'Vice President of the United States',
};
const CHAMBERS: Record<string, string> = {
  sen: 'United States Senate',
  rep: 'United States House of Representatives',
};

const people = new Map<string, RecordInput<'person'>>();
for (const file of process.argv.slice(2)) {
  for (const one of parse(await readFile(file, 'utf8')) as Legislator[]) {
    const record = recordOf(one);
    const before = people.get(record.key!);
    // Who was a legislator and a president stands in two files.
    people.set(record.key!, before ? merged(before, record) : record);
  }
}
printRecords([...people.values()]);

function recordOf({ id, name, other_names = [], terms }: Legislator): RecordInput<'person'> {
  const { first, middle, last, suffix, nickname, official_full } = name;
  const plain = [first, last].join(' ');
  const displayed = official_full ?? [first, last, suffix].filter(Boolean).join(' ');
  const aliases = [
    plain,
    [first, middle, last, suffix].filter(Boolean).join(' '),
    ...(nickname ? [`${nickname} ${last}`] : []),
  ];
  return {
    type: 'person',
    key: `congress-legislators ${id.bioguide ?? id.govtrack ?? displayed}`,
    name: displayed,
    names: [
      { name: displayed, kind: 'primary', language: 'en' },
      ...[...new Set(aliases)]
        .filter((alias) => alias !== displayed)
        .map((alias) => ({ name: alias, kind: 'alias' as const, language: 'en' })),
      ...other_names
        .map((other) => [other.first ?? first, other.last ?? last].join(' '))
        .filter((other) => other !== displayed && !aliases.includes(other))
        .map((other) => ({ name: other, kind: 'former' as const, language: 'en' })),
    ],
    roles: terms.map(({ type, start, end, state, district, party }) => ({
      title: [
        TITLES[type] ?? type,
        state && ` for ${state}${district ? `, district ${district}` : ''}`,
        party && ` (${party})`,
      ]
        .filter(Boolean)
        .join(''),
      ...(CHAMBERS[type] && { organization: { name: CHAMBERS[type], kind: 'organization' as const } }),
      from: start,
      to: end,
    })),
    externalIds: Object.fromEntries(
      ['bioguide', 'govtrack', 'wikidata', 'wikipedia', 'opensecrets', 'votesmart', 'icpsr', 'ballotpedia'].flatMap(
        (scheme) => (id[scheme] === undefined ? [] : [[scheme, String(id[scheme])]]),
      ),
    ),
  };
}

function merged(one: RecordInput<'person'>, other: RecordInput<'person'>): RecordInput<'person'> {
  return {
    ...one,
    roles: [...(one.roles ?? []), ...(other.roles ?? [])],
    externalIds: { ...other.externalIds, ...one.externalIds },
  };
}
