import type { Database } from '../../db/types.ts';
import type { Ask } from '../ask.ts';
import type { Memory } from '../memory.ts';
import type { Site } from '../site.ts';
import type { Embed } from './document.tsx';
import type { Look } from './look.ts';

/** What all of this face works with. */
export interface Embedding {
  site: Site;
  memory: Memory;
  ask: Ask;
}

/** What the address of an embed asks for. */
export interface Asked {
  /** An id or a slug. */
  reference: string;
  /** What else it names of `rev` and, for people, the filters of their timeline. */
  query: Record<string, string>;
  look: Look;
  ask: Ask;
  db: Database;
}

export interface EmbedRoute {
  /** The parameters that it knows beside those of its look. */
  query: readonly string[];
  show(asked: Asked): Promise<Embed>;
}
