import type { DateJson } from '../../../db/json.ts';
import type { Item, Pages } from './table.ts';

/** What a row is on a timeline, as plain text; null where it has no date. */
export type EventOf = (item: Item) => TimelineEvent | null;

export interface TimelineEvent {
  id: string;
  on: DateJson;
  headline: string;
  text: string;
  /** Whose row it stands in. */
  group?: string | undefined;
  url: string | null;
}

/** TimelineJS (https://timeline.knightlab.com/docs/json-format.html). It shows texts as HTML, so they are escaped here. */
export async function* timelineJs(pages: Pages, eventOf: EventOf): AsyncGenerator<string> {
  let begin = '{"events":[';
  for await (const items of pages) {
    for (const item of items) {
      const event = eventOf(item);
      const slide = event && slideOf(event);
      if (!slide) continue;
      yield `${begin}\n${JSON.stringify(slide)}`;
      begin = ',';
    }
  }
  yield `${begin === ',' ? '' : begin}\n]}\n`;
}

function slideOf({ id, on, headline, text, group, url }: TimelineEvent): object | undefined {
  const period = periodOf(on);
  if (!period) return undefined;
  return {
    ...period,
    text: {
      headline: url === null ? escapeHtml(headline) : `<a href="${escapeHtml(url)}">${escapeHtml(headline)}</a>`,
      text: `<p>${escapeHtml(text)}</p>`,
    },
    ...(group && { group }),
    unique_id: id,
  };
}

/** A day, month or year as it is; anything else from where it begins to where it ends. Its words are the record's own. */
function periodOf({ edtf, from, until, text }: DateJson): object | undefined {
  const exact = /^-?\d{4}(-(0\d|1[0-2])(-\d\d)?)?(?=T|$)/.exec(edtf)?.[0];
  const start = dateOf(exact ?? from ?? lastDay(until));
  if (!start) return undefined;
  const end = exact === undefined && from !== null ? dateOf(lastDay(until)) : undefined;
  return { start_date: { ...start, display_date: text }, ...(end && { end_date: { ...end, display_date: text } }) };
}

function lastDay(until: string | null): string | undefined {
  if (until === null) return undefined;
  const last = new Date(Date.parse(`${until.replace(/^-(?=\d{4}-)/, '-00')}Z`) - 1);
  return Number.isNaN(last.getTime())
    ? undefined
    : last
        .toISOString()
        .slice(0, -14)
        .replace(/^-00(?=\d{4}-)/, '-');
}

function dateOf(iso: string | undefined): object | undefined {
  const [, year, month, day] = /^([+-]?\d+)(?:-(\d\d))?(?:-(\d\d))?/.exec(iso ?? '') ?? [];
  if (year === undefined) return undefined;
  return { year: Number(year), ...(month && { month: Number(month) }), ...(day && { day: Number(day) }) };
}

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (mark) => MARKS[mark]!);
