/** A feed, whatever its form. */
export interface Feed {
  /** Without the site's name. */
  title: string;
  /** Of the page that it follows, from the root. */
  path: string;
  entries: Entry[];
}

export interface Entry {
  /** Never changes, wherever the page moves, and is never another's. */
  id: string;
  url: string;
  /** Plain text, as is `text`. */
  title: string;
  text: string;
  author?: string;
  /** UTC, to the microsecond. */
  published: string;
  updated: string;
}

const NEVER = '1970-01-01T00:00:00Z';

/** When anything in a feed last changed; of an empty one, never. */
export const updatedOf = ({ entries }: Feed): string =>
  entries
    .map(({ updated }) => updated)
    .sort()
    .at(-1) ?? NEVER;
