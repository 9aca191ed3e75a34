/**
 * What is wrong with a text that PostgreSQL could not keep unharmed, or undefined: it errs on NUL, and the UTF-8 encoder
 * turns a lone surrogate into U+FFFD without a word. The position counts UTF-16 units from 1.
 */
export function badText(value: string): string | undefined {
  const nul = value.indexOf('\0');
  if (nul >= 0) return `has a NUL character at position ${nul + 1}`;
  const surrogate = value.search(/\p{Surrogate}/u);
  if (surrogate >= 0) return `has half a character (a lone surrogate) at position ${surrogate + 1}`;
  return undefined;
}

/** For comparing and finding, never for storing: NFC, without spaces around. Upper and lower case stay different. */
export function key(text: string): string {
  return text.normalize('NFC').trim();
}

export function sameText(a: string, b: string): boolean {
  return key(a) === key(b);
}
