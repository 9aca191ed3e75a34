import type { ComponentChildren } from 'preact';
import type { Writer } from '../../db/types.ts';
import type { Proposal } from '../../domain/proposals/proposals.ts';
import type { State } from '../../domain/vocabulary.ts';
import type { Fields } from './send-edit.ts';
import type { FormReading } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import type { Typed } from './typed-form.ts';
import type { Visit } from './visit.ts';

/** What is asked of every record that a form edits. */
export interface Versioned {
  id: string;
  version: number;
  state?: State;
}

/** A kind of record that is edited in a form of its own, and how. `T` is what the act takes. */
export interface Editable<R extends Versioned, T> {
  noun: 'claim' | 'statement' | 'source';
  find(visit: Visit, reference: string): Promise<R>;
  title(record: R): string;
  /** The form's address. */
  path(record: R): string;
  /** Where it is worked on. */
  home(record: R): string;
  /** Where it is shown as readers will see it. */
  preview?(record: R): string | undefined;
  /** The record as the fields of the form say it. */
  asTyped(record: R): Fields;
  /** What was typed, without rows in which there is nothing. */
  tidied?(typed: Typed): Typed;
  reading(typed: Typed): FormReading<T>;
  edit(tx: Writer, id: string, expectedVersion: number, input: T): Promise<void>;
  fields(typing: Typing): ComponentChildren;
}

/** A form that edits a record, as it begins. */
export interface Editing<R extends Versioned> {
  record: R;
  /** What is proposed of the record. */
  proposal: Proposal | undefined;
  /** Whether what the form sends is proposed. */
  proposes: boolean;
  fields: Fields;
}
