const namesIn = new Map<string, Intl.DisplayNames>();

/** `Russian` of `ru`, `Russisch` in German; the tag itself where nobody knows its name. */
export function languageName(tag: string, reader = 'en'): string {
  const names = namesIn.get(reader) ?? new Intl.DisplayNames(reader, { type: 'language' });
  namesIn.set(reader, names);
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
