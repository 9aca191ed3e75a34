import type { ComponentChildren, InputHTMLAttributes, JSX } from 'preact';
import type { Difference } from './differences.ts';
import { Labelled, type Mistakes } from './forms.tsx';
import type { Choice } from './meant.ts';
import type { Typed } from './typed-form.ts';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'auto-complete': { src: string; for: string; children: ComponentChildren };
    }
  }
}

/** What a form shows: what was typed, what is wrong with it, and where its writer has a choice. */
export interface Typing {
  typed: Typed;
  mistakes: Mistakes;
  choices: Record<string, Asked>;
  /** What somebody else has changed meanwhile. */
  conflict?: readonly Difference[];
}

export interface Asked {
  because: string;
  choices: readonly Choice[];
}

interface FieldOf {
  of: Typing;
  name: string;
  label: string;
  hint?: string;
}

type Input = InputHTMLAttributes<HTMLInputElement>;

export function TextField({ of, name, label, hint, ...input }: FieldOf & Input): JSX.Element {
  return (
    <Labelled
      {...{ name, label, hint, mistakes: of.mistakes }}
      control={(tied) => <input {...tied} {...input} value={of.typed.get(name) ?? ''} />}
    />
  );
}

export function LongField({
  of,
  name,
  label,
  hint,
  rows = 3,
  children,
}: FieldOf & { rows?: number; children?: ComponentChildren }): JSX.Element {
  return (
    <Labelled
      {...{ name, label, hint, mistakes: of.mistakes }}
      control={(tied) => (
        <textarea {...tied} rows={rows} dir="auto">
          {of.typed.get(name) ?? ''}
        </textarea>
      )}
    >
      {children}
    </Labelled>
  );
}

/** One of a closed list of words. */
export function WordField({
  of,
  name,
  label,
  hint,
  words,
}: FieldOf & { words: Readonly<Record<string, { label: string }>> }): JSX.Element {
  const chosen = of.typed.get(name);
  return (
    <Labelled
      {...{ name, label, hint, mistakes: of.mistakes }}
      control={(tied) => (
        <select {...tied}>
          {Object.entries(words).map(([word, { label: called }]) => (
            <option value={word} selected={word === chosen}>
              {called}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** A field in which what is known at an address is offered as one types. */
export function CompletingField({
  of,
  name,
  label,
  hint,
  from,
  children,
  ...input
}: FieldOf & Input & { from: string; children?: ComponentChildren }): JSX.Element {
  const list = `${name}.list`;
  return (
    <Labelled
      {...{ name, label, hint, mistakes: of.mistakes }}
      control={(tied) => (
        <auto-complete src={from} for={list}>
          <input {...tied} {...input} value={of.typed.get(name) ?? ''} autocomplete="off" />
          <div id={list} role="listbox" class="suggestions" aria-label={`Known for “${label}”`} hidden />
          <span id={`${list}-feedback`} class="aside" />
        </auto-complete>
      )}
    >
      {children}
    </Labelled>
  );
}

/** A person or organization by name, in any spelling; known ones are offered. */
export function PersonField(field: FieldOf & Input): JSX.Element {
  return (
    <CompletingField {...field} from="/desk/suggest/people">
      <Meaning of={field.of} name={field.name} />
    </CompletingField>
  );
}

/** A date in EDTF or in plain words; what is understood is shown. */
export function DateField({ of, name, label, hint }: FieldOf): JSX.Element {
  return (
    <Labelled
      {...{ name, label, hint, mistakes: of.mistakes }}
      control={(tied) => (
        <>
          <input {...tied} value={of.typed.get(name) ?? ''} data-date autocomplete="off" />
          <output for={name} class="note understood" />
        </>
      )}
    >
      <Meaning of={of} name={name} />
    </Labelled>
  );
}

/** The choice that is to be made; else what was chosen before, for just the text that it was chosen for. */
export function Meaning({ of, name }: { of: Typing; name: string }) {
  const { typed, choices } = of;
  const asked = choices[name];
  const text = typed.get(name) ?? '';
  if (!asked) {
    return (
      <>
        <input type="hidden" name={`${name}.is`} value={typed.get(`${name}.is`) ?? ''} />
        <input type="hidden" name={`${name}.for`} value={typed.get(`${name}.for`) ?? ''} />
      </>
    );
  }
  const [only, ...others] = asked.choices;
  return (
    <fieldset class="choices">
      <legend>{asked.because}</legend>
      <input type="hidden" name={`${name}.for`} value={text} />
      {asked.choices.map(({ is, label }) => (
        <label class="choice">
          <input type="radio" name={`${name}.is`} value={is} checked={others.length === 0 && is === only?.is} />
          <bdi>{label}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
