import normalizeUrl from 'normalize-url';
import { remembering } from './remember.ts';

const LONGEST = 2048;

/** A web address that can't be kept. `detail` is a plain sentence. */
export class AddressError extends Error {
  readonly detail: string;

  constructor(detail: string) {
    super(detail);
    this.name = 'AddressError';
    this.detail = detail;
  }
}

/** As it was given, to show and to link to, and the form by which we know that two are the same page. */
export type Address = { original: string; canonical: string };

/** Parameters that tell who sent the reader, never which page. Shared names such as `ref`, `source`, `id` stay. */
const TRACKING = [
  /^utm_/i,
  /^(fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|ysclid|igshid|igsh)$/i,
  /^(mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|_openstat|at_medium|at_campaign|at_link_id|ref_src|ref_url)$/i,
];

/** Throws AddressError. */
export function parseAddress(text: string): Address {
  return { original: text, canonical: canonicalAddress(text) };
}

/**
 * One form for the addresses of one page; nothing is fetched. Merged: http and https, with and without `www.`, case of
 * the host, default ports, a slash at the end, order of parameters, trackers, the part after #.
 * Kept apart, because they can be two pages: subdomains (`m.`, `amp.`), other ports, case of the path, `index.html`,
 * every other parameter, and routes after # (`#!/a`, `#/a`).
 * Throws AddressError. It remembers, as an address is read some four times on its way in.
 */
export const canonicalAddress = remembering(2000, (text) => {
  const url = readUrl(text);
  // normalizeUrl decodes the path once and would turn `%252F` into `%2F`, which is another page.
  url.pathname = url.pathname.replaceAll('%25', '%2525');
  // It would also take a slash off the end of a query, where it belongs to a value.
  url.search = url.search.replaceAll('/', '%2F');
  // Queries in other encodings (windows-1251 is common) would be damaged, and all look the same.
  const readable = isUtf8(url.search);

  const canonical = normalizeUrl(url.href, {
    // The two schemes of one host are one site, but http on a port of its own need not be.
    forceHttps: url.port === '',
    stripHash: !/^#[!/]/.test(url.hash),
    stripWWW: true,
    removeQueryParameters: readable ? TRACKING : false,
    sortQueryParameters: readable,
  });
  if (canonical.length > LONGEST) throw new AddressError(tooLong(canonical.length));
  return canonical;
});

function readUrl(text: string): URL {
  if (text.length > LONGEST) throw new AddressError(tooLong(text.length));
  if (/[\s\p{Cc}]/u.test(text)) throw new AddressError('The address has a space or a control character in it.');
  if (!/^https?:\/\//i.test(text)) {
    throw new AddressError('The address must begin with https:// or http://.');
  }
  if (!URL.canParse(text)) throw new AddressError('The address cannot be read: is its host name right?');
  const url = new URL(text);
  if (url.username || url.password) {
    throw new AddressError('The address has a user name or password in it. Leave that out.');
  }
  if (/%(0[9AD])/i.test(url.pathname)) throw new AddressError('The path of the address has a line break or tab in it.');
  return url;
}

function isUtf8(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}

function tooLong(length: number): string {
  return `The address has ${length} characters; at most ${LONGEST} can be kept.`;
}
