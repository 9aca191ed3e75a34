// Measures reads, writes and memory as ratios to a bare peer in the same run:
// npm run bench -- [--scale 100000] [--only timeline] [--json] [--records <folder>]
import { program } from 'commander';
import { claimEmbeds, embedStaleness, viewerErrors, viewerMemory } from './bench/embeds.ts';
import { imports } from './bench/imports.ts';
import { matching } from './bench/match.ts';
import { claimPages, coldPage, knownPage, personPages, warmPage } from './bench/pages.ts';
import {
  asOf,
  busiestDeepest,
  busiestFirst,
  growth,
  memory,
  notModified,
  timeline,
  warmTimeline,
} from './bench/reads.ts';
import { openRecords } from './bench/records.ts';
import { type Figure, report } from './bench/report.ts';
import { commonSearch, peopleLookup, rareSearch } from './bench/search.ts';
import { writes } from './bench/writes.ts';

/** Every figure, by its name. To add one, write what measures it and put it here. */
const figures: Record<string, Figure> = {
  timeline: { aim: 0.9, better: 'higher', measure: timeline },
  'timeline-warm': { aim: 3, better: 'higher', measure: warmTimeline('bare-bytes') },
  'timeline-warm-limit': { aim: 1, better: 'higher', measure: warmTimeline('bare-node') },
  'not-modified': { aim: 3, better: 'higher', measure: notModified('bare-bytes') },
  'not-modified-limit': { aim: 1, better: 'higher', measure: notModified('bare-node') },
  memory: { aim: 200, better: 'lower', measure: memory },
  growth: { aim: 1.3, better: 'lower', measure: growth },
  'growth-busiest-first': { aim: 2, better: 'lower', measure: busiestFirst },
  'growth-busiest-deepest': { aim: 2, better: 'lower', measure: busiestDeepest },
  'as-of': { aim: 2, better: 'lower', measure: asOf },
  'person-page-warm': { aim: 3, better: 'higher', measure: warmPage(personPages) },
  'person-page-not-modified': { aim: 3, better: 'higher', measure: knownPage(personPages) },
  'claim-page-warm': { aim: 3, better: 'higher', measure: warmPage(claimPages) },
  'claim-page-not-modified': { aim: 3, better: 'higher', measure: knownPage(claimPages) },
  'person-page': { aim: 0.6, better: 'higher', measure: coldPage(personPages) },
  'claim-page': { aim: 0.6, better: 'higher', measure: coldPage(claimPages) },
  'embed-warm': { aim: 3, better: 'higher', measure: warmPage(claimEmbeds) },
  'embed-not-modified': { aim: 3, better: 'higher', measure: knownPage(claimEmbeds) },
  'embed-staleness-ms': { aim: 1000, better: 'lower', measure: embedStaleness },
  'embed-viewers-errors': { aim: 0, better: 'lower', measure: viewerErrors },
  'embed-viewers-memory': { aim: 300, better: 'lower', measure: viewerMemory },
  writes: { aim: 0.4, better: 'higher', measure: writes },
  search: { aim: 100, better: 'lower', measure: commonSearch },
  'search-rare': { aim: 20, better: 'lower', measure: rareSearch },
  'people-lookup': { aim: 20, better: 'lower', measure: peopleLookup },
  'match-median': { aim: 20, better: 'lower', measure: matching(0.5) },
  'match-p95': { aim: 50, better: 'lower', measure: matching(0.95) },
  import: { aim: 0.3, better: 'higher', measure: imports },
};

const SMALL = 10_000;
const names = Object.keys(figures);

program
  .option('--scale <n...>', 'statements in the record', ['10000', '100000', '1000000'])
  .option('--only <names...>', `of: ${names.join(', ')}`, names)
  .option('--json', 'one JSON line a figure', false)
  .option('--records <folder>', 'keep the records there, and use those of an earlier run')
  .parse();
const options = program.opts<{ scale: string[]; only: string[]; json: boolean; records?: string }>();
const unknown = options.only.filter((name) => !(name in figures));
if (unknown.length) program.error(`There is no figure ${unknown.join(', ')}. There are: ${names.join(', ')}`);

const records = await openRecords(options.records, (line) => process.stderr.write(`${line}\n`));
try {
  const small = await records.record(SMALL);
  for (const statements of options.scale.map(Number)) {
    const record = await records.record(statements);
    for (const name of options.only) {
      const figure = figures[name]!;
      report(name, statements, await figure.measure(record, small), figure, options.json);
    }
  }
} finally {
  await records.close();
}
