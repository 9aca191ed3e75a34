/** A field in words: `saidOn` as `said on`, `names/0/name` as `names 1, name`. */
export const fieldName = (field: string): string =>
  field
    .replace(/\/(\d+)/g, (_, index) => ` ${Number(index) + 1}`)
    .replaceAll('/', ', ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
