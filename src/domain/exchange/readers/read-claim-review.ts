import { PassThrough, type Readable } from 'node:stream';
import type { Reader, Reading, ReadingOptions } from '../reading.ts';
import { nodesInPage } from './html-nodes.ts';
import { itemsOf } from './json-items.ts';
import { each, isNode, isOfType, type Node, node, nodesOf, textIn } from './json-ld.ts';
import { recordsOfReview } from './review.ts';

const TYPES = ['ClaimReview', 'MediaReview'];

/**
 * ClaimReview (https://schema.org/ClaimReview) as published: one, a list, `@graph`, the Data Commons DataFeed, or a page
 * of HTML that holds it as JSON-LD or microdata.
 */
export const readClaimReview: Reader = async function* (bytes, options) {
  const { isPage, whole } = await peek(bytes);
  const items = isPage ? nodesInPage(whole) : itemsOf(whole, ['dataFeedElement', '@graph']);
  for await (const item of items) {
    if ('refused' in item) yield { place: { path: item.path }, refused: item.refused };
    else for (const { path, value } of nodesOf(item.value, TYPES, item.path)) yield recordsOf(path, value, options);
  }
};

/** Whether a file begins as a page does, and the file from its beginning. */
async function peek(bytes: Readable): Promise<{ isPage: boolean; whole: Readable }> {
  const iterator = (bytes as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  const whole = new PassThrough();
  if (done) return { isPage: false, whole: whole.end() };
  const isPage = /^\uFEFF?\s*</.test((value as Buffer).subarray(0, 1000).toString());
  whole.write(value);
  void (async () => {
    try {
      for (;;) {
        const next = await iterator.next();
        if (next.done) break;
        if (!whole.write(next.value)) await new Promise((resolve) => whole.once('drain', resolve));
      }
      whole.end();
    } catch (error) {
      whole.destroy(error as Error);
    }
  })();
  return { isPage, whole };
}

function recordsOf(path: string, review: Node, options: ReadingOptions): Reading {
  if (!isOfType(review, 'ClaimReview')) return { place: { path }, refused: 'is a MediaReview, which reviews no claim' };
  const reviewed = node(review.itemReviewed);
  // Before schema.org had Claim, the work stood in its place; some give both.
  const works = [...each(reviewed.firstAppearance), ...each(reviewed.appearance)];
  const legacy = isOfType(reviewed, 'Claim') ? [] : [reviewed];
  const claimant = node(reviewed.author);
  const author = node(review.author ?? review.publisher);
  return recordsOfReview(
    { path },
    {
      claim:
        textIn(review.claimReviewed) ??
        (isOfType(reviewed, 'Claim') ? textIn(reviewed.text ?? reviewed.name) : undefined),
      language: textIn(review.inLanguage),
      claimant: claimantOf(claimant, reviewed.author),
      saidOn: textIn(reviewed.datePublished) ?? textIn(works.filter(isNode).map((work) => work.datePublished)),
      appearances: [...works, ...legacy].flatMap((work) => addressesIn(work)),
      publisher: { name: textIn(author.name) ?? nameIn(review.author), url: textIn(author.url ?? author['@id']) },
      url: textIn(review.url) ?? textIn(review['@id']),
      title: textIn(review.name) ?? textIn(review.headline),
      explanation: textIn(review.reviewBody),
      label: textIn(node(review.reviewRating).alternateName) ?? wordsIn(node(review.reviewRating).ratingValue),
      reviewedOn: textIn(review.datePublished) ?? textIn(review.dateCreated) ?? textIn(review.dateModified),
      evidence: each(review.citation).flatMap((work) => addressesIn(work)),
      topics: each(review.keywords).flatMap((one) => (typeof one === 'string' ? one.split(',') : [])),
    },
    options,
  );
}

function claimantOf(claimant: Node, given: unknown) {
  const name = textIn(claimant.name) ?? nameIn(given);
  if (!name) return undefined;
  const kind = isOfType(claimant, 'Organization') ? ('organization' as const) : undefined;
  return { name: name.slice(0, 500), ...(kind && { kind }) };
}

/** An author that is a mere text. */
const nameIn = (value: unknown): string | undefined =>
  each(value).find((one): one is string => typeof one === 'string');

/** Some put the label where the number should be. */
const wordsIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /\p{L}/u.test(value) ? value : undefined;

function addressesIn(work: unknown): string[] {
  const address = typeof work === 'string' ? work : isNode(work) ? textIn(work.url ?? work['@id']) : undefined;
  return address ? [address] : [];
}
