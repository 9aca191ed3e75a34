import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { at, latestInstant } from '../../db/as-of.ts';
import { csv, losslessCsv, type RowsWithRecords } from '../../domain/exchange/forms/csv.ts';
import { jsonLd } from '../../domain/exchange/forms/json-ld.ts';
import { jsonLines } from '../../domain/exchange/forms/json-lines.ts';
import { parquet } from '../../domain/exchange/forms/parquet.ts';
import { recordLines } from '../../domain/exchange/forms/record-lines.ts';
import type { Item, Pages } from '../../domain/exchange/forms/table.ts';
import { timelineJs } from '../../domain/exchange/forms/timeline-js.ts';
import { xlsx } from '../../domain/exchange/forms/xlsx.ts';
import type { Begin } from '../../domain/exchange/record-form.ts';
import { recordsBehind } from '../../domain/exchange/records-behind.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { type Form, forms } from '../forms.ts';
import type { Site } from '../site.ts';
import type { Call, Exported, Read } from './route.ts';

/** Rows read at once, and held in memory. */
const ROWS = 100;

type AnyCall = Call<unknown, unknown, undefined>;

export interface Export {
  chunks: AsyncGenerator<string | Uint8Array>;
  /** Rows, or in lossless JSON Lines records, read so far. */
  rows(): number;
}

/** The forms in which a route answers beside JSON. */
export function formsOf({ exported }: Read): Exclude<Form, 'json'>[] {
  if (!exported) return [];
  const { event, nodes } = exported;
  return [
    'csv',
    'jsonl',
    'xlsx',
    'parquet',
    ...(event ? (['timelinejs'] as const) : []),
    ...(nodes ? (['jsonld'] as const) : []),
  ];
}

export function noSuchForm(route: Read, form: string): NotFound {
  const known = ['json', ...formsOf(route)].join(', .');
  return new NotFound('form', form, `This address does not come as .${form}, but as .${known}.`);
}

/** Throws `Invalid` for parameters that this form does not heed. */
export function refuseUnheeded(form: Form, query: Readonly<Record<string, string>>): void {
  const paging = ['limit', 'cursor'].find((name) => name in query);
  if (form !== 'json' && paging) throw Invalid.at([paging], `is for JSON alone: .${form} has all rows`);
  if (form !== 'csv' && 'form' in query && !(form === 'jsonl' && query.form === 'lossless'))
    throw Invalid.at(['form'], 'is for .csv, or lossless for .jsonl');
}

/**
 * All rows that a list's filters find, in a form. They are read page by page as of one instant, so that nothing is held
 * while a slow reader reads, and all of it is true at once. The first page is read before anything is handed back: what
 * is wrong with the question is thrown here.
 */
export async function exportRows(route: Read, form: Form, call: AnyCall, site: Site): Promise<Export> {
  const { exported } = route;
  if (!exported || form === 'json' || !formsOf(route).includes(form)) throw noSuchForm(route, form);
  const fixed = { ...call, instant: call.instant ?? (await latestInstant(site.db)) };
  const isLossless = (call.query as { form?: string }).form === 'lossless';
  const pages = await begun(pagesOf(route, fixed, site));
  let rows = 0;
  const counted = async function* <T extends readonly unknown[]>(all: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const items of all) {
      rows += items.length;
      yield items;
    }
  };
  const begin: Begin = {
    type: 'begin',
    format: 'onrecord/1',
    publisher: { name: site.publisherName, url: site.publisherUrl },
  };
  const encoders = {
    csv: () =>
      isLossless
        ? losslessCsv(counted(withRecords(pages, exported, fixed, site)), exported, begin)
        : csv(counted(pages), exported),
    jsonl: () =>
      isLossless
        ? recordLines(counted(recordsOf(withRecords(pages, exported, fixed, site))), begin)
        : jsonLines(counted(pages), exported),
    xlsx: () => xlsx(counted(pages), exported),
    parquet: () => parquet(counted(pages), exported),
    timelinejs: () => timelineJs(counted(pages), exported.event!),
    jsonld: () => jsonLd(counted(pages), (items) => exported.nodes!(items, fixed, site)),
  };
  return { chunks: encoders[form](), rows: () => rows };
}

/** Rows with the records behind them, as of the same instant. */
async function* withRecords(pages: Pages, { about }: Exported, { audience, instant }: AnyCall, { db }: Site) {
  const behind = recordsBehind(audience === 'desk' ? 'everything' : 'published');
  for await (const items of pages) {
    const records = await at(db, instant, (reader) => behind(reader, items.map(about)));
    yield items.map((item, index) => ({ item, records: records[index]! }));
  }
}

async function* recordsOf(pages: RowsWithRecords): AsyncGenerator<string[]> {
  for await (const rows of pages) yield rows.flatMap(({ records }) => records);
}

/** Sends an export. Whoever reads it all gets the number of rows in a trailer too; whoever stops reading stops the reading. */
export async function sendExport(
  route: Read,
  form: Form,
  call: AnyCall,
  site: Site,
  req: Request,
  res: Response,
): Promise<void> {
  const { chunks, rows } = await exportRows(route, form, call, site);
  res.setHeader('content-type', `${forms[form]}${form === 'csv' ? '; charset=utf-8; header=present' : ''}`);
  res.setHeader(
    'content-disposition',
    `${form === 'jsonld' || form === 'timelinejs' ? 'inline' : 'attachment'}; filename="${fileName(call.path, form)}"`,
  );
  res.setHeader('cache-control', 'no-store');
  if (req.method === 'HEAD') return void res.end();
  // HTTP/1.0 knows no trailers.
  if (req.httpVersion !== '1.0') res.setHeader('trailer', 'Row-Count');
  const withTrailer = async function* () {
    yield* chunks;
    if (res.hasHeader('trailer')) res.addTrailers({ 'Row-Count': String(rows()) });
  };
  try {
    await pipeline(withTrailer, res);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

async function* pagesOf(route: Read, call: AnyCall, site: Site): AsyncGenerator<readonly Item[]> {
  let cursor: string | null | undefined;
  do {
    const { json } = await route.read(
      { ...call, query: { ...(call.query as object), limit: ROWS, cursor } } as never,
      site,
    );
    const answer = JSON.parse(json) as Item & { items?: Item[]; page?: { next: string | null } };
    yield answer.items ?? [answer];
    cursor = answer.page?.next;
  } while (cursor);
}

/** Reads the first page now. */
async function begun(pages: AsyncGenerator<readonly Item[]>): Promise<Pages> {
  const first = await pages.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* pages;
  })();
}

/** `people-donald-trump-timeline.csv` */
const fileName = (path: string, form: Form): string => `${path.slice(1).replaceAll('/', '-')}.${form}`;
