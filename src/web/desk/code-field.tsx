import { Field, type Mistakes } from './forms.tsx';

/** For the six digits that an authenticator app shows. */
export function CodeField({ hint, mistakes, autofocus }: { hint: string; mistakes?: Mistakes; autofocus?: boolean }) {
  return (
    <Field
      name="code"
      label="Code of six digits"
      hint={hint}
      mistakes={mistakes}
      inputMode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9 ]{6,7}"
      maxLength={7}
      required
      autofocus={autofocus}
    />
  );
}
