import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import Negotiator from 'negotiator';

export type Coding = 'identity' | 'gzip';

/** What an address answers, before it is known how it is sent. `etag` is strong, and of the bytes as they are. */
export interface Content {
  etag: string;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Content as it is sent, with its headers laid out once, as node writes a flat list fastest. */
export interface Representation {
  etag: string;
  /** Without the ETag: of a 304, which names the one that its reader has. */
  head: string[];
  fullHead: string[];
  body: Buffer;
}

/** Fewer bytes fit into one packet with their header, and are not worth the work. */
const LEAST_BYTES = 1024;

const compressible = /^(?:text\/|image\/svg\+xml|application\/(?:[\w.-]+\+)?(?:json|xml|javascript))/;

/** How this reader takes bytes: compressed where Accept-Encoding prefers it. */
export function codingFor({ headers }: IncomingMessage): Coding {
  const accepted = headers['accept-encoding'];
  if (!accepted || !/gzip|\*/i.test(accepted)) return 'identity';
  if (!accepted.includes(';')) return 'gzip';
  return new Negotiator({ headers }).encoding(['gzip', 'identity']) === 'gzip' ? 'gzip' : 'identity';
}

/** Compressed bytes are others, so their ETag is another: `"…-gzip"`. Pictures and little answers stay as they are. */
export function represent({ etag, headers, body }: Content, coding: Coding): Representation {
  const common = { ...headers };
  delete common.etag;
  if (!compressible.test(String(headers['content-type']))) return laidOut(etag, common, {}, body);
  common.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding';
  if (coding === 'identity' || body.length < LEAST_BYTES) return laidOut(etag, common, {}, body);
  const zipped = gzipSync(body);
  return laidOut(`${etag.slice(0, -1)}${GZIPPED}`, common, { 'content-encoding': 'gzip' }, zipped);
}

const GZIPPED = '-gzip"';

function laidOut(etag: string, common: OutgoingHttpHeaders, own: OutgoingHttpHeaders, body: Buffer): Representation {
  const flat = (headers: OutgoingHttpHeaders) =>
    Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  const head = flat(common);
  return { etag, head, fullHead: [...head, ...flat({ etag, ...own, 'content-length': body.length })], body };
}

/** Sends a representation, or 304 to who has it already, in whichever coding. */
export function sendRepresentation(
  req: IncomingMessage,
  res: ServerResponse,
  { etag, head, fullHead, body }: Representation,
  status = 200,
): void {
  const reads = req.method === 'GET' || req.method === 'HEAD';
  const known = reads && status === 200 ? knownTag(req.headers['if-none-match'], etag) : undefined;
  if (known) {
    res.writeHead(304, [...head, 'etag', known]);
    res.end();
    return;
  }
  res.writeHead(status, fullHead);
  res.end(req.method === 'HEAD' ? undefined : body);
}

/**
 * The ETag by which a reader has this content. If-None-Match compares weakly (RFC 9110 §13.1.2), and a cache updates
 * what it has under the very ETag that a 304 names (RFC 9111 §4.3.4).
 */
function knownTag(header: string | undefined, etag: string): string | undefined {
  if (header === undefined) return undefined;
  if (header === etag || header === '*') return etag;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.find((tag) => contentOf(tag) === contentOf(etag));
}

const contentOf = (etag: string): string => (etag.endsWith(GZIPPED) ? `${etag.slice(0, -GZIPPED.length)}"` : etag);
