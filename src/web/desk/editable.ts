import type { ComponentChildren } from 'preact';
import type { Writer } from '../../db/types.ts';
import type { Fields } from './send-edit.ts';
import type { FormReading } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import type { Typed } from './typed-form.ts';
import type { Visit } from './visit.ts';

/** A kind of record that is edited in a form of its own, and how. `T` is what the act takes. */
export interface Editable<R, T> {
  noun: 'claim' | 'statement' | 'source';
  find(visit: Visit, reference: string): Promise<R>;
  title(record: R): string;
  /** The form's address, and where its writer is led once it is saved. */
  path(record: R): string;
  after(record: R): string;
  /** The record as the fields of the form say it. */
  asTyped(record: R): Fields;
  /** What was typed, without rows in which there is nothing. */
  tidied?(typed: Typed): Typed;
  reading(typed: Typed): FormReading<T>;
  edit(tx: Writer, id: string, expectedVersion: number, input: T): Promise<void>;
  fields(typing: Typing): ComponentChildren;
}
