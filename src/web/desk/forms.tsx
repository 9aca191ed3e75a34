import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InputHTMLAttributes } from 'preact';
import type { ZodError } from 'zod';

/** What a form of this session carries, so that no other page can make one up. */
export function formToken(secret: string, sessionId: string): string {
  return createHmac('sha256', secret).update(`form ${sessionId}`).digest('base64url');
}

export function isFormToken(sent: string, expected: string): boolean {
  const [one, other] = [Buffer.from(sent), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

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

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  mistakes?: Mistakes | undefined;
}

/** A labelled text field with its hint and, where it is not right, what is wrong. */
export function Field({
  name,
  label,
  hint,
  mistakes = {},
  ...input
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const mistake = mistakes[name];
  const notes = [hint && `${name}-hint`, mistake && `${name}-mistake`].filter(Boolean).join(' ');
  return (
    <div>
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
      <input
        id={name}
        name={name}
        aria-describedby={notes || undefined}
        aria-invalid={mistake ? 'true' : undefined}
        {...input}
      />
    </div>
  );
}
