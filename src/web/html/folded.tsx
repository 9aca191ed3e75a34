/** Characters from which a text is folded, and about how many are shown of it then. */
const LONG = 600;
const SHOWN = 400;

/** A text; of a long one the beginning, the rest to be unfolded. Without scripts and without CSS all of it is there. */
export function Folded({ text }: { text: string }) {
  if (text.length <= LONG) return <p>{text}</p>;
  const cut = cutAt(text);
  return (
    <>
      <p>{text.slice(0, cut).trimEnd()}</p>
      <details class="rest">
        <summary>Go on reading</summary>
        <p>{text.slice(cut).trimStart()}</p>
      </details>
    </>
  );
}

/** Between two words, best at the end of a sentence; in a text without blanks, between two characters. */
function cutAt(text: string): number {
  const begun = text.slice(0, SHOWN);
  const sentence = Math.max(...['. ', '! ', '? ', '.\n', '\n'].map((end) => begun.lastIndexOf(end)));
  if (sentence > SHOWN / 2) return sentence + 1;
  const blank = begun.lastIndexOf(' ');
  if (blank > SHOWN / 2) return blank;
  // Not between the halves of a surrogate pair, and not before a mark that belongs to what stands before it.
  const rest = /[^\p{M}\u200d]/u.exec(text.slice(SHOWN));
  const at = SHOWN + (rest?.index ?? 0);
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;
}
