// Turns files of LIAR-PLUS (tab-separated, without a header) into CSV that `import csv` takes as it is:
// npm run -s convert:liar-plus -- <file…> | npm run -s onrecord -- import csv -
import { readFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { inWords } from './lines.ts';

/** By position, as the data set's paper numbers them; what comes after is about the speaker. */
interface Row {
  id: string;
  label: string;
  statement: string;
  subjects: string;
  speaker: string;
  context: string;
  justification: string;
}

function rowOf(line: string): Row | undefined {
  const cells = line.split('\t');
  const [id, label, statement, subjects, speaker, context, justification] = [1, 2, 3, 4, 5, 14, 15].map((index) =>
    unquoted(cells[index] ?? ''),
  ) as [string, string, string, string, string, string, string];
  if (!id || !label || !statement) return undefined;
  return { id: id.replace(/\.json$/, ''), label, statement, subjects, speaker, context, justification };
}

/** Cells were quoted as in CSV, but split at tabs within them were not. */
function unquoted(cell: string): string {
  return /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

const name = (slug: string) =>
  slug.replace(/(^|-)([a-z])/g, (_, dash, letter) => `${dash && ' '}${letter.toUpperCase()}`);

const rows: Row[] = [];
for (const file of process.argv.slice(2)) {
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const row = rowOf(line);
    if (row) rows.push(row);
    else if (line.trim()) console.error(`left out: ${line.slice(0, 80)}`);
  }
}
process.stdout.write(
  stringify(
    rows.map(({ id, label, statement, subjects, speaker, context, justification }) => ({
      claim: statement,
      language: 'en',
      claimant: name(speaker),
      venue: context,
      publisher: 'PolitiFact',
      url: `https://www.politifact.com/api/v/2/statement/${id}/?format=json`,
      label: inWords(label),
      explanation: justification,
      topics: subjects.split(',').map(inWords).join('; '),
    })),
    { header: true },
  ),
);
