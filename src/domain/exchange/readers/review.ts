import { createHash } from 'node:crypto';
import { AddressError, parseAddress } from '../../../lib/addresses.ts';
import { parseEdtf } from '../../../lib/dates.ts';
import { looseDate } from '../../../lib/loose-dates.ts';
import { verdictStatuses } from '../../vocabulary.ts';
import type { Flag, Place, Reading, ReadingOptions } from '../reading.ts';
import type { RecordInput } from '../record-form.ts';
import { LABELS_VERSION, statusOf } from '../verdict-labels.ts';

/** A published review of a claim, as any format tells it: texts as they were found, nothing of it checked. */
export interface Review {
  claim?: string | undefined;
  language?: string | undefined;
  claimant?: { name: string; kind?: 'person' | 'organization' | undefined } | undefined;
  /** When and where it was said, and where that can be seen. */
  saidOn?: string | undefined;
  venue?: string | undefined;
  appearances?: readonly string[] | undefined;
  /** Who reviewed it: by name, by the address of their site, or known only by that of the review. */
  publisher?: { name?: string | undefined; url?: string | undefined } | undefined;
  url?: string | undefined;
  title?: string | undefined;
  explanation?: string | undefined;
  label?: string | undefined;
  reviewedOn?: string | undefined;
  topics?: readonly string[] | undefined;
  /** Addresses of what it rests on. */
  evidence?: readonly string[] | undefined;
}

/** A date for what has none: every claim reviewed for the public is of this century, and it sorts before all others. */
const UNDATED = '20XX';

/**
 * The records that a review stands for: the claim, the statement that makes it where somebody is named, and the verdict.
 * Claims are the same when the text and whoever makes it are.
 */
export function recordsOfReview(place: Place, review: Review, options: ReadingOptions): Reading {
  const text = blank(review.claim);
  if (!text) return { place, refused: 'the review says of no claim what was reviewed' };
  const label = blank(review.label);
  if (!label) return { place, refused: 'the review has no label in words, and numbers are not trusted' };

  const flags: Flag[] = [];
  const url = addressOf(review.url);
  if (review.url?.trim() && !url) flags.push({ code: 'unreadable_address', detail: review.url });
  const reviewedOn = dateOf('the review', review.reviewedOn, flags);
  const said = dateOf('the claim', review.saidOn, flags);
  if (said && reviewedOn && isAfter(said, reviewedOn))
    flags.push({ code: 'reviewed_before_said', detail: `reviewed ${reviewedOn}, said ${said}` });

  const language = review.language?.trim() || options.language;
  const publisher = publisherOf(review, url);
  const claimant = blank(review.claimant?.name);
  const claim = { key: `${hash(text, claimant ?? '')}` };
  const source = {
    ...(url && { url }),
    ...(blank(review.title) && { title: blank(review.title)!.slice(0, 2000) }),
    ...(publisher && { publisher: { name: publisher } }),
    ...(reviewedOn && { publishedOn: reviewedOn }),
  };
  const status = statusOf(label);
  if (!status) flags.push({ code: 'unknown_label', detail: label });
  const promise = status !== undefined && verdictStatuses[status].appliesTo === 'promises';

  const records: RecordInput[] = [
    {
      type: 'claim',
      ...claim,
      text,
      language,
      kind: promise ? 'promise' : 'fact',
      topics: [...new Set(review.topics?.flatMap((topic) => blank(topic) ?? []))],
    },
  ];
  if (claimant) {
    // Whoever reviewed it had it before: it was said at the latest then.
    const saidOn = said ?? (reviewedOn ? `../${reviewedOn.slice(0, 10)}` : UNDATED);
    const shown = (review.appearances ?? []).flatMap((one) => addressOf(one) ?? []);
    records.push({
      type: 'statement',
      key: hash(text, claimant, saidOn),
      person: { name: claimant, ...(review.claimant?.kind && { kind: review.claimant.kind }) },
      quoteKind: 'paraphrase',
      quote: text,
      language,
      saidOn,
      ...(blank(review.venue) && { venue: blank(review.venue)!.slice(0, 500) }),
      sources: [
        ...[...new Set(shown)].map((address) => ({ url: address, role: 'primary' as const })),
        ...(Object.keys(source).length ? [{ ...source, role: 'reports' as const }] : []),
      ],
      positions: [{ claim, stance: 'asserts' }],
    });
  }
  const isOurs = url !== undefined && hostOf(url) === hostOf(options.publisherUrl);
  if (!isOurs && !publisher) return { place, refused: 'the review says neither who published it nor where' };
  records.push({
    type: 'verdict',
    key: url ? `${url} ${hash(text)}` : hash(publisher ?? '', text, reviewedOn ?? ''),
    claim,
    ...(!isOurs && { by: { name: publisher!, kind: 'organization' } }),
    status: status ?? 'unverified',
    nativeLabel: label,
    mappingVersion: LABELS_VERSION,
    summary: blank(review.title)?.slice(0, 2000),
    explanation: blank(review.explanation)?.slice(0, 50_000),
    ...(url && { url }),
    decidedAt: reviewedOn ?? UNDATED,
    ...evidenceOf(review, isOurs, source),
  });
  return { place, records, flags };
}

/** What the review cites; ours, which must rest on something, on itself where it cites nothing. */
function evidenceOf({ evidence = [] }: Review, isOurs: boolean, source: object) {
  const cited = [...new Set(evidence.flatMap((one) => addressOf(one) ?? []))].map((url) => ({ url }));
  const all = cited.length === 0 && isOurs ? [source] : cited;
  return all.length ? { evidence: all.map((one) => ({ ...one, role: 'context' as const })) } : {};
}

const blank = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined);

const hash = (...parts: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part.normalize('NFC').trim())))
    .digest('hex');

/** A web address, mended where only the slashes after the scheme are missing. */
export function addressOf(text: string | undefined): string | undefined {
  const given = text?.trim();
  if (!given) return undefined;
  try {
    return parseAddress(given.replace(/^(https?:)\/?(?=[^/])/i, '$1//')).original;
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}

export function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '');
}

function dateOf(what: string, text: string | undefined, flags: Flag[]): string | undefined {
  if (!text?.trim()) {
    if (what === 'the review') flags.push({ code: 'undated', detail: 'the review has no date' });
    return undefined;
  }
  const date = looseDate(text);
  if (date === undefined) flags.push({ code: 'unreadable_date', detail: `${what}: “${text}”` });
  return date;
}

/** By day, as offsets are not applied. */
function isAfter(one: string, other: string): boolean {
  const from = parseEdtf(one).from;
  const until = parseEdtf(other).until;
  return from !== null && until !== null && from.slice(0, 10) > until.slice(0, 10);
}

/** The name; where there is only an address, its host; where that is broken too, the host of the review. */
function publisherOf({ publisher }: Review, url: string | undefined): string | undefined {
  const name = blank(publisher?.name);
  if (name && !/^https?:/i.test(name.trim())) return name.slice(0, 500);
  if (url) return hostOf(url);
  const site = addressOf(publisher?.url ?? name);
  return site && hostOf(site);
}
