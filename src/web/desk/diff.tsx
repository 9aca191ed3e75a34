import { diffWordsWithSpace } from 'diff';

/** What went and what came, word by word. */
export function Diff({ before, after }: { before: string; after: string }) {
  return (
    <>
      {diffWordsWithSpace(before, after).map(({ value, added, removed }) =>
        added ? <ins>{value}</ins> : removed ? <del>{value}</del> : value,
      )}
    </>
  );
}
