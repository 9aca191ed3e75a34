const names = new Intl.DisplayNames('en', { type: 'language' });

/** `Russian` of `ru`; the tag itself where nobody knows its name. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
