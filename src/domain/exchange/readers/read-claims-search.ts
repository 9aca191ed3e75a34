import type { Reader } from '../reading.ts';
import { itemsOf } from './json-items.ts';
import { each, isNode, type Node, node, textIn } from './json-ld.ts';
import { recordsOfReview } from './review.ts';

/** An answer of Google's Fact Check Tools API, `claims:search`; one row a review. */
export const readClaimsSearch: Reader = async function* (bytes, options) {
  for await (const { path, value } of itemsOf(bytes, ['claims'])) {
    if (path === '$' && isNode(value) && Object.keys(value).length === 0) return; // nothing was found
    const claim: Node = isNode(value) ? value : {};
    const reviews = each(claim.claimReview);
    if (reviews.length === 0) yield { place: { path }, refused: 'the claim has no review' };
    for (const [index, one] of reviews.entries()) {
      const review = node(one);
      const publisher = node(review.publisher);
      const site = textIn(publisher.site);
      const claimant = textIn(claim.claimant);
      yield recordsOfReview(
        { path: `${path}.claimReview[${index}]` },
        {
          claim: textIn(claim.text),
          language: textIn(review.languageCode),
          ...(claimant && { claimant: { name: claimant.slice(0, 500) } }),
          saidOn: textIn(claim.claimDate),
          publisher: { name: textIn(publisher.name), url: site && `https://${site}` },
          url: textIn(review.url),
          title: textIn(review.title),
          label: textIn(review.textualRating),
          reviewedOn: textIn(review.reviewDate),
        },
        options,
      );
    }
  }
};
