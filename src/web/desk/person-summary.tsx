import type { PersonAtDesk } from '../../domain/people/person-at-desk.ts';
import { nameKinds, personKinds } from '../../domain/vocabulary.ts';
import { parseEdtf } from '../../lib/dates.ts';
import { languageName } from '../html/languages.ts';

/** Who somebody is, at a glance: names, roles, ids elsewhere, how much they said. */
export function PersonSummary({ person }: { person: PersonAtDesk }) {
  const { kind, description, names, roles, externalIds, statements } = person;
  return (
    <dl class="summary">
      <dt>Kind</dt>
      <dd>{personKinds[kind].label}</dd>
      {description && (
        <>
          <dt>Who</dt>
          <dd dir="auto">{description}</dd>
        </>
      )}
      <dt>Names</dt>
      {names.map(({ name, kind: called, language }) => (
        <dd>
          <bdi lang={language ?? undefined}>{name}</bdi>{' '}
          <span class="note">
            {nameKinds[called as keyof typeof nameKinds].label.toLowerCase()}
            {language && `, ${languageName(language)}`}
          </span>
        </dd>
      ))}
      {roles.length > 0 && <dt>Roles</dt>}
      {roles.map(({ title, organization, from, to }) => (
        <dd>
          <bdi>{title}</bdi>
          {organization && (
            <>
              , <bdi>{organization.name}</bdi>
            </>
          )}{' '}
          <span class="note">
            {[from && `from ${parseEdtf(from).text}`, to && `to ${parseEdtf(to).text}`].filter(Boolean).join(' ')}
          </span>
        </dd>
      ))}
      {Object.entries(externalIds).map(([scheme, id]) => (
        <>
          <dt>{scheme}</dt>
          <dd>{id}</dd>
        </>
      ))}
      <dt>Said</dt>
      <dd>{statements === 1 ? '1 statement' : `${statements} statements`}</dd>
    </dl>
  );
}
