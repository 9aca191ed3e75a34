import { readFileSync } from 'node:fs';

/** What a script of package.json tells node, so that whatever is measured runs as an operator runs it. */
export function nodeFlags(script: 'start' | 'onrecord'): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (scripts as Record<string, string>)[script]!.match(/--\S+/g) ?? [];
}
