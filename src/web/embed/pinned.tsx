import type { Revision } from '../../domain/history/revisions.ts';
import { Invalid } from '../../errors.ts';
import { instantIn, type Look, wordsIn } from './look.ts';

/** Which public state an embed shows: `?rev=` pins one by its number, else it is the present. */
export interface Pin {
  revision: Revision;
  /** How many there are now. */
  latest: number;
}

/** Throws `Invalid` for a number that there is not. */
export function pinOf(revisions: readonly Revision[], rev: string): Pin {
  const revision = /^\d{1,6}$/.test(rev) ? revisions[Number(rev) - 1] : undefined;
  if (!revision) throw Invalid.at(['rev'], `must be a number from 1 to ${revisions.length}`);
  return { revision, latest: revisions.length };
}

/** Says which version is shown, and whether it is still the present one. */
export function PinNotice({ pin, path, look }: { pin: Pin; path: string; look: Look }) {
  const words = wordsIn(look);
  const { number, at } = pin.revision;
  return (
    <p class="notice">
      {words.pinned(number, instantIn(look, at))}
      {number < pin.latest && (
        <>
          {' '}
          <strong>{words.corrected}</strong> <a href={path}>{words.latest}</a>
        </>
      )}
    </p>
  );
}
