import type { ComponentChildren } from 'preact';
import type { Asset } from './assets.ts';

export interface Page {
  /** Without the site's name. */
  title: string;
  description?: string | undefined;
  /** The one address of what is shown, from the root: `/people/donald-trump`. None of pages that are not to be found. */
  path?: string;
  kind?: 'website' | 'article' | 'profile';
  /** The picture that stands for the page elsewhere, and what it shows. */
  image?: { path: string; alt: string; width: number; height: number };
  /** The day or instant whose record it shows, where that is not the present. */
  asOf?: string | undefined;
  /** The same in other forms: data, feeds, oEmbed. */
  alternates?: readonly Alternate[];
  /** What schema.org says of it. */
  jsonLd?: readonly object[];
  /** Where to go from here in a list. */
  next?: string | undefined;
  /** The words asked for, shown in the search field. */
  searched?: string | undefined;
  main: ComponentChildren;
  /** What stands above it instead of the site's header, and the style and script that it needs beside the site's. */
  face?: { header: ComponentChildren; style: Asset; script?: Asset };
}

export interface Alternate {
  type: string;
  /** From the root, or whole. */
  href: string;
  title: string;
}
