import { diffWordsWithSpace } from 'diff';

/** What went and what came: word by word or, where little is left of the text, as a whole. */
export function Diff({ before, after }: { before: string; after: string }) {
  const parts = diffWordsWithSpace(before, after);
  const kept = parts.flatMap(({ value, added, removed }) => (added || removed ? [] : value.trim())).join('').length;
  if (before && after && kept < Math.max(before.length, after.length) / 4)
    return (
      <>
        <del>{before}</del> <ins>{after}</ins>
      </>
    );
  return (
    <>{parts.map(({ value, added, removed }) => (added ? <ins>{value}</ins> : removed ? <del>{value}</del> : value))}</>
  );
}
