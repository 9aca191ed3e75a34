import type { ComponentChildren } from 'preact';
import { findClaimId } from '../../domain/claims/find-claim.ts';
import { personAtDesk } from '../../domain/people/person-at-desk.ts';
import { lookUpPeople } from '../../domain/search/people-lookup.ts';
import { claimKinds, states } from '../../domain/vocabulary.ts';
import { isId } from '../../lib/ids.ts';
import { isSlug } from '../../lib/slugs.ts';
import type { Claim } from '../answers.ts';
import { VerdictBadge } from '../html/verdict.tsx';
import { type Choice, NEW, whoIsMeant } from './meant.ts';
import type { MergeableKind } from './merged.tsx';
import { PersonSummary } from './person-summary.tsx';
import { matchesOf } from './repeats.tsx';
import type { Visit } from './visit.ts';

/** One of two records that may be one. */
export interface Side {
  id: string;
  slug: string;
  label: string;
  summary: ComponentChildren;
}

/** What a kind of record is like where two of them are compared. */
interface Comparing {
  side(visit: Visit, reference: string): Promise<Side>;
  /** Others that may be the same. */
  near(visit: Visit, side: Side): Promise<Choice[]>;
  /** The one that a text names; else those that it may mean. */
  meant(visit: Visit, text: string): Promise<string | Choice[]>;
  field: { label: string; hint: string; from: string };
  /** What becomes of what belongs to the one that goes. */
  follows: string;
}

/** Names that are shown as near are alike at least so much. */
const NEAR = 0.75;

export const comparing: Record<MergeableKind, Comparing> = {
  people: {
    async side({ site }, reference) {
      const person = await personAtDesk(site.db, reference);
      return { id: person.id, slug: person.slug, label: person.name, summary: <PersonSummary person={person} /> };
    },
    async near({ site }, { id, label }) {
      const found = await lookUpPeople(site.db, label, { audience: 'desk' });
      return found.filter((one) => one.id !== id && one.score >= NEAR).map((one) => ({ is: one.id, label: one.name }));
    },
    async meant({ site }, text) {
      const meant = await whoIsMeant(site.db, new URLSearchParams({ into: text }), 'into');
      if ('choices' in meant) return meant.choices.filter(({ is }) => is !== NEW);
      return String(meant.is);
    },
    field: {
      label: 'The other one',
      hint: 'A name in any spelling, or a slug',
      from: '/desk/suggest/people?known=yes',
    },
    follows:
      'What the one that goes said, and all that names them, is on the timeline of the one that stays, whose names and roles it adds to.',
  },
  claims: {
    async side({ ask }, reference) {
      const claim = await ask<Claim>('/claims/{claim}', { claim: reference });
      return { id: claim.id, slug: claim.slug, label: claim.text, summary: <ClaimSummary claim={claim} /> };
    },
    near: ({ site }, { id, label }) => claimsLike(site, label, id),
    async meant({ site }, text) {
      const known = (isId(text) || isSlug(text)) && (await findClaimId(site.db, text));
      return known || (await claimsLike(site, text));
    },
    field: { label: 'The other one', hint: 'Its words, or its slug', from: '/desk/suggest/claims' },
    follows: 'The statements, responses and verdicts on the one that goes are on the page of the one that stays.',
  },
};

async function claimsLike(site: Visit['site'], text: string, but?: string): Promise<Choice[]> {
  const { items } = await matchesOf(site, text, 6);
  return items.filter(({ id }) => id !== but).map(({ slug, text: said }) => ({ is: slug, label: said }));
}

function ClaimSummary({ claim }: { claim: Claim }) {
  const { kind, state, topics, verdict, statementCount, statement } = claim;
  return (
    <dl class="summary">
      <dt>Kind</dt>
      <dd>
        {claimKinds[kind].label}, {states[state].label.toLowerCase()}
      </dd>
      <dt>Verdict</dt>
      <dd>
        <VerdictBadge status={verdict.status} /> {verdict.summary}
      </dd>
      {topics.length > 0 && (
        <>
          <dt>Topics</dt>
          <dd dir="auto">{topics.map(({ name }) => name).join(', ')}</dd>
        </>
      )}
      {statement && (
        <>
          <dt>First said</dt>
          <dd>
            <bdi>{statement.speaker.name}</bdi>, {statement.saidOn.text}
          </dd>
        </>
      )}
      <dt>Said</dt>
      <dd>{statementCount === 1 ? 'in 1 statement' : `in ${statementCount} statements`}</dd>
    </dl>
  );
}
