import type { Alternate } from './page.ts';

/** The feeds below a path: `/people/x` has `/people/x/feed.atom`. The front page's path is empty. */
export const feedAlternates = (path: string): Alternate[] => [
  { type: 'application/atom+xml', href: `${path}/feed.atom`, title: 'Atom' },
  { type: 'application/feed+json', href: `${path}/feed.json`, title: 'JSON Feed' },
];
