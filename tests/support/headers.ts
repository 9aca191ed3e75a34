import type { Response } from 'supertest';

/** What is wrong with the headers of an answer: each says that it is what its type says, and what it may load from where. */
export function headerFaults({ headers, status }: Pick<Response, 'headers' | 'status'>, isPrivate: boolean): string[] {
  const wanted: Record<string, RegExp> = {
    'content-security-policy': /^(?=.*default-src 'none')(?=.*base-uri 'none')(?=.*form-action)(?=.*frame-ancestors)/,
    'x-content-type-options': /^nosniff$/,
    'referrer-policy': isPrivate ? /^same-origin$/ : /^no-referrer$/,
    'cross-origin-resource-policy': isPrivate ? /^same-origin$/ : /^cross-origin$/,
    'cache-control': isPrivate ? /^no-store$/ : /./,
    ...(isPrivate && { 'x-robots-tag': /^noindex$/ }),
  };
  const faults = Object.entries(wanted).flatMap(([name, right]) =>
    right.test(headers[name] ?? '') ? [] : [`${name}: ${headers[name] ?? 'none'}`],
  );
  // Whoever likes may frame an embed; everything else is from here, or named by its hash.
  const policy = String(headers['content-security-policy']).replace(isPrivate ? '' : /frame-ancestors \*$/, '');
  if (/unsafe-|\*|https?:/.test(policy)) faults.push(policy);
  for (const name of ['x-powered-by', 'server']) if (headers[name]) faults.push(`${name}: ${headers[name]}`);
  if (status >= 500) faults.push(`status: ${status}`);
  return faults;
}
