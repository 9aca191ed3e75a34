import { createHash } from 'node:crypto';
import { AddressError, parseAddress } from '../../../lib/addresses.ts';
import { parseEdtf } from '../../../lib/dates.ts';
import { looseDate } from '../../../lib/loose-dates.ts';
import { type claimKinds, verdictStatuses } from '../../vocabulary.ts';
import type { Flag, Place, Reading, ReadingOptions } from '../reading.ts';
import type { RecordInput } from '../record-form.ts';
import { LABELS_VERSION, statusOf } from '../verdict-labels.ts';
import { type Party, partyOf, slugIn } from './party.ts';

/** A published review of a claim, as any format tells it: texts as they were found, nothing of it checked. */
export interface Review {
  /** Of what an On Record gave out: the ids of the claim, of the statement that makes it, of the verdict. */
  ids?: { claim?: string | undefined; statement?: string | undefined; verdict?: string | undefined } | undefined;
  claim?: string | undefined;
  /** Where the claim stands, of what an On Record gave out. */
  page?: string | undefined;
  /** Of a table of our own: what kind of claim it is, when it falls due, and how it was said where that is not the claim. */
  kind?: string | undefined;
  dueOn?: string | undefined;
  quote?: string | undefined;
  language?: string | undefined;
  claimant?: Party | undefined;
  /** When and where it was said, and where that can be seen. */
  saidOn?: string | undefined;
  venue?: string | undefined;
  appearances?: readonly string[] | undefined;
  /** Who reviewed it: by name, by the address of their site, or known only by that of the review. */
  publisher?: (Omit<Party, 'name'> & { name?: string | undefined; url?: string | undefined }) | undefined;
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
 * Claims are the same when the text and whoever makes it are. Published reviews have a verdict; a row of a table may as
 * well be a claim that nobody has checked yet (`mayBeOpen`).
 */
export function recordsOfReview(place: Place, review: Review, options: ReadingOptions, mayBeOpen = false): Reading {
  const text = blank(review.claim);
  if (!text) return { place, refused: 'it does not say which claim was reviewed' };
  const label = blank(review.label);
  if (!label && !mayBeOpen) return { place, refused: 'the review has no label in words, and numbers are not trusted' };

  const flags: Flag[] = [];
  const url = addressOf(review.url);
  if (review.url?.trim() && !url) flags.push({ code: 'unreadable_address', detail: review.url });
  const reviewedOn = dateOf('the review', review.reviewedOn, flags);
  const said = dateOf('the claim', review.saidOn, flags);
  if (said && reviewedOn && isAfter(said, reviewedOn))
    flags.push({ code: 'reviewed_before_said', detail: `reviewed ${reviewedOn}, said ${said}` });

  const publisher = publisherOf(review, url);
  const title = blank(review.title)?.slice(0, 2000);
  const source = {
    ...(url && { url }),
    ...(title && { title }),
    ...(publisher && { publisher: { name: publisher } }),
    ...(reviewedOn && { publishedOn: reviewedOn }),
  };
  const found: Found = { text, label, url, reviewedOn, said, publisher, title, source };
  const records = [...claimRecords(review, found, options)];
  if (label) {
    const verdict = verdictRecords(review, { ...found, label }, options);
    if (!verdict) return { place, refused: 'it says neither who published the review nor where' };
    if (!statusOf(label)) flags.push({ code: 'unknown_label', detail: label });
    if (!reviewedOn) flags.push({ code: 'undated', detail: 'the review has no date that can be read' });
    records.push(...verdict);
  }
  return { place, records, flags };
}

/** What was made of the texts of a review. */
interface Found {
  text: string;
  label: string | undefined;
  url: string | undefined;
  reviewedOn: string | undefined;
  said: string | undefined;
  publisher: string | undefined;
  title: string | undefined;
  /** The review as a source. */
  source: Pick<RecordInput<'source'>, 'url' | 'title' | 'publisher' | 'publishedOn'>;
}

/** Checked with the rest of the record. */
type ClaimKind = keyof typeof claimKinds;

const claimant = (review: Review) => blank(review.claimant?.name);
const claimName = (review: Review, text: string) =>
  review.ids?.claim ? { id: review.ids.claim } : { key: hash(text, claimant(review) ?? '') };

function* claimRecords(review: Review, found: Found, options: ReadingOptions): Generator<RecordInput> {
  const { text, label, said, reviewedOn, source } = found;
  const language = review.language?.trim() || options.language;
  const name = claimName(review, text);
  const status = label && statusOf(label);
  yield {
    type: 'claim',
    ...name,
    ...slugIn(review.page),
    text,
    language,
    kind: (review.kind ??
      (status && verdictStatuses[status].appliesTo === 'promises' ? 'promise' : 'fact')) as ClaimKind,
    ...(review.dueOn && { dueOn: review.dueOn }),
    topics: [...new Set(review.topics?.flatMap((topic) => blank(topic) ?? []))],
  };
  const person = claimant(review);
  if (!person) return;
  const party = partyOf({ ...review.claimant, name: person });
  if (party.record) yield party.record;
  // Whoever reviewed it had it before: it was said at the latest then.
  const saidOn = said ?? (reviewedOn ? `../${reviewedOn.slice(0, 10)}` : UNDATED);
  const shown = new Set((review.appearances ?? []).flatMap((one) => addressOf(one) ?? []));
  const venue = blank(review.venue)?.slice(0, 500);
  yield {
    type: 'statement',
    ...(review.ids?.statement ? { id: review.ids.statement } : { key: hash(text, person, saidOn) }),
    person: party.reference,
    quoteKind: 'paraphrase',
    quote: blank(review.quote) ?? text,
    language,
    saidOn,
    ...(venue && { venue }),
    sources: [
      ...[...shown].map((address) => ({ url: address, role: 'primary' as const })),
      ...(label && Object.keys(source).length ? [{ ...source, role: 'reports' as const }] : []),
    ],
    positions: [{ claim: 'id' in name ? name.id : name, stance: 'asserts' }],
  };
}

/** The verdict, and whoever gave it: ours where the review stands at our address, else that of its publisher; undefined where nobody is named. */
function verdictRecords(
  review: Review,
  { text, label, url, reviewedOn, publisher, title, source }: Found & { label: string },
  options: ReadingOptions,
): RecordInput[] | undefined {
  const isOurs = url !== undefined && hostOf(url) === hostOf(options.publisherUrl);
  if (!isOurs && !publisher) return undefined;
  const name = claimName(review, text);
  const explanation = blank(review.explanation)?.slice(0, 50_000);
  const by = isOurs ? undefined : partyOf({ kind: 'organization', ...review.publisher, name: publisher! });
  const verdict: RecordInput<'verdict'> = {
    type: 'verdict',
    ...(review.ids?.verdict
      ? { id: review.ids.verdict }
      : { key: url ? `${url} ${hash(text)}` : hash(publisher ?? '', text, reviewedOn ?? '') }),
    claim: 'id' in name ? name.id : name,
    ...(by && { by: by.reference }),
    status: statusOf(label) ?? 'unverified',
    nativeLabel: label,
    mappingVersion: LABELS_VERSION,
    ...(title && { summary: title }),
    ...(explanation && { explanation }),
    ...(url && { url }),
    decidedAt: reviewedOn ?? UNDATED,
    ...evidenceOf(review, isOurs, source),
  };
  return [...(by?.record ? [by.record] : []), verdict];
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
  if (!text?.trim()) return undefined;
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
