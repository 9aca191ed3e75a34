/** A piece of a text: what was looked for, or what stands around it. */
export interface Segment {
  text: string;
  hit: boolean;
}

/** What the database puts around each hit: characters for private use, which no text that is kept means anything by. */
export const HIT = { start: '\u{f8f0}', end: '\u{f8f1}' };

const LONGEST = 240;
const BEFORE = 60;

/** Of a text in which the hits are marked the part around the first one, in pieces; plain text, with no markup at all. */
export function segmentsOf(marked: string): Segment[] {
  const pieces = marked
    .replaceAll(HIT.end + HIT.start, '')
    .split(new RegExp(`${HIT.start}([^${HIT.end}]*)${HIT.end}`, 'u'));
  const segments = pieces.map((text, index) => ({ text, hit: index % 2 === 1 })).filter(({ text }) => text !== '');
  return cut(segments);
}

function cut(segments: readonly Segment[]): Segment[] {
  const length = segments.reduce((total, { text }) => total + text.length, 0);
  if (length <= LONGEST) return [...segments];
  const first = segments.findIndex(({ hit }) => hit);
  const shown: Segment[] = [];
  let room = LONGEST;
  for (const [index, { text, hit }] of segments.entries()) {
    if (index < first - 1) continue;
    const lead = index === first - 1 && text.length > BEFORE ? `…${text.slice(-BEFORE).replace(/^\S*\s/u, '')}` : text;
    if (lead.length > room) {
      shown.push({ text: `${lead.slice(0, room).replace(/\s\S*$/u, '')}…`, hit });
      return shown;
    }
    shown.push({ text: lead, hit });
    room -= lead.length;
  }
  return shown;
}
