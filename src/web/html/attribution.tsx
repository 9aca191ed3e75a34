import { attributionStatuses } from '../../domain/vocabulary.ts';

/** Whether the person really said it: told wherever it is more, or less, than that sources say so. */
export function Attribution({ status }: { status: keyof typeof attributionStatuses }) {
  if (status === 'reported') return null;
  const { description } = attributionStatuses[status];
  return <p class={`attribution${status === 'confirmed' ? '' : ' is-doubtful'}`}>{description}</p>;
}
