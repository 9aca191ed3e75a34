import { z } from 'zod';
import { malformedAt } from './text-stream.ts';

/** What a line of our own form says of the file. Throws `Malformed`. */
export function checkLine<T>(schema: z.ZodType<T>, value: unknown, line: number): T {
  const { data, error } = schema.safeParse(value);
  if (error) throw malformedAt(line, 1, z.prettifyError(error).replaceAll('\n', ' '));
  return data;
}
