import type { Writer } from '../db/types.ts';
import { Forbidden, Invalid } from '../errors.ts';
import { may, permissions } from './users/permissions.ts';
import type { State } from './vocabulary.ts';

/** The part of a claim, statement, verdict or attribution that says who may touch it. */
export interface Stateful {
  state: string;
  created_by: string | null;
}

/** The state that a new record gets: what was asked for or, unasked, public where the actor may publish. */
export function initialState(tx: Writer, asked: State | undefined): State {
  const { actor } = tx.change;
  if (asked === 'withdrawn') throw Invalid.at(['state'], 'a new record cannot be withdrawn: make it a draft');
  if (asked === 'published' && !may(actor, 'record.publish')) {
    throw new Forbidden(`Publishing needs the role ${permissions['record.publish']}; leave state out to make a draft.`);
  }
  return asked ?? (may(actor, 'record.publish') ? 'published' : 'draft');
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
  const { actor } = tx.change;
  if (to === from) return;
  if (to === 'published' && !may(actor, 'record.publish'))
    throw new Forbidden(`Publishing needs the role ${permissions['record.publish']}.`);
  if (from === 'published' && to !== 'withdrawn')
    throw Invalid.at(['state'], 'what is published can only be withdrawn');
  if (from === 'withdrawn' && to !== 'published')
    throw Invalid.at(['state'], 'what was withdrawn can only be published again');
  if (to === 'withdrawn' && from === 'published' && !may(actor, 'record.withdraw')) {
    throw new Forbidden(`Withdrawing needs the role ${permissions['record.withdraw']}.`);
  }
}

/** The public reason of a withdrawal, which goes when the record is published again. */
export function withdrawal(state: State, sent: string | null | undefined, present: string | null): string | null {
  if (state === 'withdrawn') return sent === undefined ? present : sent;
  if (sent != null)
    throw Invalid.at(['withdrawnBecause'], 'is for a record that is withdrawn: send "state": "withdrawn" with it');
  return null;
}
