import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { useAgent } from 'request-filtering-agent';

/** The HTML of a page of the web, or as much of its beginning as is looked at. Throws `Unreadable`. */
export type ReadPage = (url: string) => Promise<string>;

/** A page that cannot be read; the message says why, for who pasted its address. */
export class Unreadable extends Error {}

const MOST_REDIRECTS = 5;
const MILLISECONDS = 8000;
/** What a page says of itself stands at its beginning. */
const MOST_BYTES = 1_500_000;

/**
 * Reads pages for the desk, never of this machine or its network: the agent refuses every address that is not public when
 * it connects, so neither a name that leads inside nor a redirect gets there, and only the usual ports are asked.
 * `allowed` are IP addresses that may be asked all the same.
 */
export function pageReader({ userAgent, allowed = [] }: { userAgent: string; allowed?: string[] }): ReadPage {
  return async (address) => {
    const signal = AbortSignal.timeout(MILLISECONDS);
    try {
      let url = address;
      for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        const answer = await ask(url, { userAgent, allowed, signal });
        const { statusCode = 0, headers } = answer;
        if (statusCode >= 300 && statusCode < 400 && headers.location) {
          answer.destroy();
          url = new URL(headers.location, url).href;
          continue;
        }
        if (statusCode !== 200) throw new Unreadable(`The page answers ${statusCode}.`);
        if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? ''))
          throw new Unreadable('This is no page of HTML.');
        return await htmlOf(answer);
      }
      throw new Unreadable('The page leads on and on.');
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      throw new Unreadable(signal.aborted ? 'The page did not come in time.' : 'The page cannot be reached.');
    }
  };
}

async function ask(
  url: string,
  { userAgent, allowed, signal }: { userAgent: string; allowed: string[]; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { protocol, port, hostname, username } = new URL(url);
  if (!/^https?:$/.test(protocol) || username) throw new Unreadable('Only web addresses are read.');
  if (!['', '80', '443'].includes(port) && !allowed.includes(hostname))
    throw new Unreadable('Only pages on the usual ports are read.');
  const { get } = protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    get(url, {
      agent: useAgent(url, { allowIPAddressList: allowed }),
      headers: { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', 'user-agent': userAgent },
      signal,
    })
      .once('response', resolve)
      .once('error', reject);
  });
}

const unpacked: Record<string, (answer: Readable) => Readable> = {
  gzip: (answer) => answer.pipe(createGunzip()),
  deflate: (answer) => answer.pipe(createInflate()),
  br: (answer) => answer.pipe(createBrotliDecompress()),
};

async function htmlOf(answer: IncomingMessage): Promise<string> {
  const coding = answer.headers['content-encoding']?.toLowerCase() ?? '';
  const stream = unpacked[coding]?.(answer) ?? answer;
  answer.once('error', (error) => stream.destroy(error));
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size >= MOST_BYTES) break;
  }
  answer.destroy();
  return decoded(Buffer.concat(parts), answer.headers['content-type'] ?? '');
}

/** By the charset that the header, else the beginning of the page, names. */
function decoded(bytes: Buffer, contentType: string): string {
  const charset = /charset=["']?([\w.:-]+)/i;
  const [, name = 'utf-8'] = charset.exec(contentType) ?? charset.exec(bytes.toString('latin1', 0, 2048)) ?? [];
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
