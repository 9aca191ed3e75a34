import type { ProblemBody } from '../middleware/problems.ts';
import type { Embed } from './document.tsx';
import { type Look, wordsIn } from './look.ts';

/** In place of what cannot be shown: that it was withdrawn or erased, that it is not here, or what is wrong with the address. */
export function troubleEmbed({ status, code, detail, errors }: ProblemBody, path: string, look: Look): Embed {
  const words = wordsIn(look);
  const saying =
    status === 410
      ? code.endsWith('.purged')
        ? words.erased
        : words.withdrawn
      : status === 404
        ? words.missing
        : status === 422
          ? words.bad
          : words.trouble;
  return {
    id: '',
    title: saying,
    words: saying,
    path,
    content: (
      <article lang={look.lang}>
        <h1>{saying}</h1>
        {errors?.map(({ pointer, detail }) => (
          <p class="takes" lang="en" dir="auto">
            <strong>{pointer.slice(1)}</strong>: {detail}
          </p>
        ))}
        {status === 410 && (
          <p class="takes" lang="en" dir="auto">
            {detail}
          </p>
        )}
      </article>
    ),
  };
}
