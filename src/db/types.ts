import type { Kysely, Transaction } from 'kysely';
import type { DB } from './tables.ts';

/** The open database. Only `change()` and the migrations write through it. */
export type Database = Kysely<DB>;

/** What a view takes: it reads, and has no method that writes. `with` is left out, as what it gives can write. */
export type Reader = Pick<Kysely<DB>, 'selectFrom' | 'selectNoFrom' | 'fn' | 'executeQuery' | 'getExecutor'>;

/** Who acts: a user in a role or more, by a token or by hand. `id` is null for the operator at the command line. */
export interface Actor {
  id: string | null;
  tokenId: string | null;
  roles: readonly Role[];
}

export type Role = 'contributor' | 'reviewer' | 'editor' | 'admin';

declare const throughTheDoor: unique symbol;

/** What an act takes: the transaction of one change. Nothing but `change()` makes one. */
export type Writer = Transaction<DB> & {
  readonly [throughTheDoor]: true;
  readonly change: { readonly id: string; readonly at: string; readonly actor: Actor };
  /** Says that the act had nothing to change: what it wrote, and the change itself, are undone. Hands `result` through. */
  readonly unchanged: <T>(result: T) => Promise<T>;
};
