import type { Page } from './page.ts';

/** What a reader is told of a request that did not go well. */
export interface Trouble {
  status: number;
  code: string;
  detail: string;
  instance?: string;
  errors?: readonly { pointer: string; detail: string }[];
}

/** A page that says what went wrong and what to do. */
export function errorPage(trouble: Trouble, isAtDesk = false): Page {
  const { title, advice } = wordsFor(trouble);
  return {
    title,
    main: (
      <article class="trouble">
        <p class="kicker">{trouble.status}</p>
        <h1>{title}</h1>
        <Detail trouble={trouble} />
        <p>{advice}</p>
        <p>
          {isAtDesk ? (
            <a href="/desk">To the desk</a>
          ) : (
            <>
              <a href="/">To the front page</a> or <a href="/search">search the record</a>
            </>
          )}
          .
        </p>
      </article>
    ),
  };
}

function Detail({ trouble }: { trouble: Trouble }) {
  const { errors, detail, instance } = trouble;
  if (errors?.length)
    return (
      <ul>
        {errors.map((error) => (
          <li dir="auto">
            <strong>{error.pointer.slice(1)}</strong>: {error.detail}
          </li>
        ))}
      </ul>
    );
  return (
    <>
      <p class="lead" dir="auto">
        {detail}
      </p>
      {instance && (
        <p class="note">
          Number of this incident: <code>{instance.replace('urn:uuid:', '')}</code>
        </p>
      )}
    </>
  );
}

function wordsFor({ status, code }: Trouble): { title: string; advice: string } {
  if (status === 410 && code.endsWith('.purged'))
    return {
      title: 'Erased',
      advice: 'Its text is no longer kept, nor are its earlier versions. That it was here remains on record.',
    };
  if (status === 410)
    return {
      title: 'Withdrawn',
      advice: 'It was public and no longer is. The record keeps what it said before, and when it was withdrawn.',
    };
  if (code === 'not_yet_recorded')
    return { title: 'Not yet on record then', advice: 'Ask for a later day, or for the present.' };
  if (status === 404)
    return {
      title: 'Not found',
      advice:
        'The address may have a slip in it. Whatever was published here stays under its address, or leads to its new one.',
    };
  if (status === 400 || status === 422)
    return { title: 'This cannot be asked', advice: 'Go back and change what is named above.' };
  if (status === 503) return { title: 'Not available just now', advice: 'Nothing was lost. Try again in a moment.' };
  return { title: 'Something went wrong', advice: 'Try again, or come back a little later.' };
}
