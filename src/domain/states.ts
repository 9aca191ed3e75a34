import { type RawBuilder, sql } from 'kysely';
import type { Writer } from '../db/types.ts';
import { Forbidden, Invalid } from '../errors.ts';
import { may, type Permission, permissions } from './users/permissions.ts';
import type { State } from './vocabulary.ts';

/** The part of a claim, statement, verdict or attribution that says who may touch it. */
export interface Stateful {
  state: string;
  created_by: string | null;
}

/**
 * From which state a record may go to which, and what that needs beside the right to edit it. Where four eyes hold, the
 * database adds the last word: nobody publishes what they wrote or changed (`four_eyes` in db/migrations).
 */
export const moves: Record<State, Partial<Record<State, Permission>>> = {
  draft: { in_review: 'own-draft.edit', published: 'record.publish', withdrawn: 'own-draft.edit' },
  in_review: { draft: 'own-draft.edit', published: 'record.publish', withdrawn: 'own-draft.edit' },
  published: { withdrawn: 'record.withdraw' },
  withdrawn: { published: 'record.publish' },
};

/**
 * The state that a new record gets: what was asked for or, unasked, public where the actor may publish; where four eyes
 * hold it waits for a review then.
 */
export function initialState(tx: Writer, asked: State | undefined): State | RawBuilder<State> {
  const { actor } = tx.change;
  if (asked === 'withdrawn') throw Invalid.at(['state'], 'a new record cannot be withdrawn: make it a draft');
  if (asked === 'published' && !may(actor, 'record.publish')) {
    throw new Forbidden(`Publishing needs the role ${permissions['record.publish']}; leave state out to make a draft.`);
  }
  return asked ?? (may(actor, 'record.publish') ? sql<State>`state_unasked()` : 'draft');
}

/** Throws `Forbidden` unless the actor may edit the record in its present state. */
export function demandEdit(tx: Writer, record: Stateful): void {
  const { actor } = tx.change;
  if (record.state === 'published' || record.state === 'withdrawn') {
    if (!may(actor, 'published.edit'))
      throw new Forbidden(`Editing what is ${record.state} needs the role ${permissions['published.edit']}.`);
    return;
  }
  const own = record.created_by !== null && record.created_by === actor.id;
  if (may(actor, 'draft.edit') || (own && may(actor, 'own-draft.edit'))) return;
  throw new Forbidden(`Editing another's draft needs the role ${permissions['draft.edit']}.`);
}

/** Throws `Forbidden` unless the actor, who may edit the record, may also move it to the state asked for. */
export function demandMove(tx: Writer, from: State, to: State): void {
  if (to === from) return;
  const needed = moves[from][to];
  if (needed && may(tx.change.actor, needed)) return;
  const doing = { published: 'Publishing', withdrawn: 'Withdrawing', in_review: 'Submitting', draft: 'Taking back' }[
    to
  ];
  if (needed) throw new Forbidden(`${doing} needs the role ${permissions[needed]}.`);
  throw Invalid.at(
    ['state'],
    from === 'published' ? 'what is published can only be withdrawn' : 'what was withdrawn can only be published again',
  );
}

/** The public reason of a withdrawal, which goes when the record is published again. */
export function withdrawal(state: State, sent: string | null | undefined, present: string | null): string | null {
  if (state === 'withdrawn') return sent === undefined ? present : sent;
  if (sent != null)
    throw Invalid.at(['withdrawnBecause'], 'is for a record that is withdrawn: send "state": "withdrawn" with it');
  return null;
}
