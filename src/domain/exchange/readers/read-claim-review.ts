import { isId } from '../../../lib/ids.ts';
import type { Reader, Reading, ReadingOptions } from '../reading.ts';
import { nodesInPage } from './html-nodes.ts';
import { itemsOf } from './json-items.ts';
import { each, isNode, isOfType, type Node, node, nodesOf, textIn } from './json-ld.ts';
import type { Party } from './party.ts';
import { type Review, recordsOfReview } from './review.ts';
import { beginningOf } from './text-stream.ts';

const TYPES = ['ClaimReview', 'MediaReview', 'Claim'];

/**
 * ClaimReview (https://schema.org/ClaimReview) as published: one, a list, `@graph`, the Data Commons DataFeed, or a page
 * of HTML that holds it as JSON-LD or microdata; and a `Claim` that stands alone, as nobody has reviewed it.
 */
export const readClaimReview: Reader = async function* (bytes, options) {
  const { beginning, whole } = await beginningOf(bytes);
  const isPage = /^\uFEFF?\s*</.test(beginning);
  const items = isPage ? nodesInPage(whole) : itemsOf(whole, ['dataFeedElement', '@graph']);
  for await (const item of items) {
    if ('refused' in item) yield { place: { path: item.path }, refused: item.refused };
    else for (const { path, value } of nodesOf(item.value, TYPES, item.path)) yield recordsOf(path, value, options);
  }
};

function recordsOf(path: string, value: Node, options: ReadingOptions): Reading {
  if (isOfType(value, 'MediaReview')) return { place: { path }, refused: 'is a MediaReview, which reviews no claim' };
  const isReview = isOfType(value, 'ClaimReview');
  const claim = claimIn(isReview ? node(value.itemReviewed) : value);
  if (!isReview) return recordsOfReview({ path }, claim, options, true);
  const review = reviewIn(value);
  return recordsOfReview(
    { path },
    {
      ...claim,
      ...review,
      ids: { ...claim.ids, verdict: idIn(value) },
      claim: textIn(value.claimReviewed) ?? claim.claim,
      language: textIn(value.inLanguage) ?? claim.language,
    },
    options,
  );
}

/** What was reviewed. Before schema.org had `Claim`, the work stood in its place; some give both. */
function claimIn(reviewed: Node): Review {
  const works = [...each(reviewed.firstAppearance), ...each(reviewed.appearance)];
  const isClaim = isOfType(reviewed, 'Claim');
  const id = isClaim ? idIn(reviewed) : undefined;
  const author = node(reviewed.author);
  const name = textIn(author.name) ?? nameIn(reviewed.author);
  return {
    ...(id && { ids: { claim: id }, page: textIn(reviewed.url) }),
    claim: isClaim ? textIn(reviewed.text ?? reviewed.name) : undefined,
    language: isClaim ? textIn(reviewed.inLanguage) : undefined,
    ...(name && {
      claimant: {
        name: name.slice(0, 500),
        kind: isOfType(author, 'Organization') ? 'organization' : undefined,
        ...identityOf(author, id),
      },
    }),
    saidOn: textIn(reviewed.datePublished) ?? textIn(works.filter(isNode).map((work) => work.datePublished)),
    appearances: [...works, ...(isClaim ? [] : [reviewed])].flatMap((work) => addressesIn(work)),
  };
}

function reviewIn(review: Node): Review {
  const author = node(review.author ?? review.publisher);
  const rating = node(review.reviewRating);
  return {
    publisher: {
      name: textIn(author.name) ?? nameIn(review.author),
      url: textIn(author.url ?? author['@id']),
      ...(idIn(review) && isOfType(author, 'Person') && { kind: 'person' as const }),
      ...identityOf(author, idIn(review)),
    },
    url: textIn(review.url) ?? textIn(review['@id']),
    title: textIn(review.name) ?? textIn(review.headline),
    explanation: textIn(review.reviewBody),
    label: textIn(rating.alternateName) ?? wordsIn(rating.ratingValue),
    reviewedOn: textIn(review.datePublished) ?? textIn(review.dateCreated) ?? textIn(review.dateModified),
    evidence: each(review.citation).flatMap((work) => addressesIn(work)),
    topics: each(review.keywords).flatMap((one) => (typeof one === 'string' ? one.split(',') : [])),
  };
}

/** Who somebody is beyond their name; their page counts where an On Record gave out what they did (`id`). */
function identityOf(author: Node, id: string | undefined): Pick<Party, 'page' | 'wikidata'> {
  const sames = each(author.sameAs).flatMap((one) => addressesIn(one));
  return {
    page: id && textIn(author.url),
    wikidata: sames.find((address) => /wikidata\.org\/(entity|wiki)\//.test(address)),
  };
}

/** The id of what an On Record gave out. */
function idIn(value: Node): string | undefined {
  return each(value.identifier)
    .flatMap((one) => /^urn:uuid:(.+)$/i.exec(textIn(one) ?? '')?.[1] ?? [])
    .find(isId)
    ?.toLowerCase();
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
