import type { Speaker } from '../answers.ts';
import { RecordLink } from './record-link.tsx';

/** Who spoke, in which role, and for whom. */
export function SpeakerLine({ speaker, link = true }: { speaker: Speaker; link?: boolean }) {
  const { slug, name, role, onBehalfOf } = speaker;
  return (
    <span class="speaker">
      <PersonLink slug={slug} name={name} link={link} />
      {role && (
        <span class="role">
          , <bdi>{role}</bdi>
        </span>
      )}
      {onBehalfOf && (
        <span class="role">
          , for <PersonLink slug={onBehalfOf.slug} name={onBehalfOf.name} />
        </span>
      )}
    </span>
  );
}

export function PersonLink({ slug, name, link = true }: { slug: string; name: string; link?: boolean }) {
  return link ? (
    <RecordLink class="name" href={`/people/${slug}`} dir="auto">
      {name}
    </RecordLink>
  ) : (
    <bdi class="name">{name}</bdi>
  );
}
