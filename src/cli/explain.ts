import { ZodError } from 'zod';

const DATABASE_AWAY: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'it broke off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  '28P01': 'it does not accept this user and password',
  '28000': 'it does not let this user in',
  '3D000': 'it has no database of this name',
  '57P03': 'it is starting or stopping',
  '53300': 'all its connections are taken',
};

/** A failure in a plain sentence, for the operator. */
export function explain(error: unknown): string {
  if (error instanceof ZodError)
    return error.issues
      .map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message))
      .join('\n');
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path) return `There is no file ${path}.`;
  const away = code && syscall !== 'listen' ? DATABASE_AWAY[code] : undefined;
  if (away) return `The database cannot be used: ${away} (${code}). Is DATABASE_URL right?`;
  // Node gives failures of several addresses as one without a message.
  if (error instanceof AggregateError && !error.message) return explain(error.errors[0]);
  return error.message || error.name;
}
