import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type Review = Record<string, unknown> & { claimReviewed: string; url: string };

/**
 * Writes a Data Commons DataFeed of this many bytes, of real reviews again and again under new ids; returns how many, and
 * how many of them say no claim, as some real ones do.
 */
export async function writeFeed(
  path: string,
  reviews: readonly Review[],
  bytes: number,
): Promise<{ rows: number; bare: number }> {
  let count = 0;
  let bare = 0;
  function* parts(): Generator<string> {
    yield '{"@context":"https://schema.org","@type":"DataFeed","dataFeedElement":[';
    for (let written = 0; written < bytes; count++) {
      const review = reviews[count % reviews.length]!;
      const saysNothing = review.claimReviewed.trim() === '';
      if (saysNothing) bare++;
      const copy = {
        ...review,
        '@id': `${review.url}#${count}`,
        url: `${review.url}?copy=${count}`,
        claimReviewed: saysNothing ? '' : `${review.claimReviewed} (${count})`,
      };
      const item = `${count ? ',' : ''}\n${JSON.stringify({ '@type': 'DataFeedItem', item: [copy] })}`;
      written += Buffer.byteLength(item);
      yield item;
    }
    yield '\n]}\n';
  }
  await pipeline(Readable.from(parts()), createWriteStream(path));
  return { rows: count, bare };
}
