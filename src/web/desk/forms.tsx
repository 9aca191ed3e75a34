import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import type { ZodError } from 'zod';
import { proofOf } from './proofs.ts';

/** What a form of this session carries, so that no other page can make one up. */
export const formToken = (secret: string, sessionId: string): string => proofOf(secret, `form ${sessionId}`);

export function FormToken({ token }: { token: string }) {
  return <input type="hidden" name="form" value={token} />;
}

/** A sentence beside each field that is not right. */
export type Mistakes = Record<string, string>;

export function mistakesIn(error: ZodError): Mistakes {
  const mistakes: Mistakes = {};
  for (const { path, message } of error.issues) mistakes[String(path[0] ?? '')] ??= `This ${message}.`;
  return mistakes;
}

interface Labelling {
  name: string;
  label: string;
  hint?: string | undefined;
  mistakes?: Mistakes | undefined;
}

/** A label, its hint and, where the field is not right, what is wrong; `control` gets what ties it to them. */
export function Labelled({
  name,
  label,
  hint,
  mistakes = {},
  control,
  children,
}: Labelling & { control: (tied: object) => ComponentChildren; children?: ComponentChildren }) {
  const mistake = mistakes[name];
  const notes = [hint && `${name}-hint`, mistake && `${name}-mistake`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="note" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {mistake && (
        <p class="mistake" id={`${name}-mistake`}>
          {mistake}
        </p>
      )}
      {control({
        id: name,
        name,
        'aria-describedby': notes || undefined,
        'aria-invalid': mistake ? 'true' : undefined,
      })}
      {children}
    </div>
  );
}

/** A labelled text field. */
export function Field({ name, label, hint, mistakes, ...input }: Labelling & InputHTMLAttributes<HTMLInputElement>) {
  return <Labelled {...{ name, label, hint, mistakes }} control={(tied) => <input {...tied} {...input} />} />;
}
