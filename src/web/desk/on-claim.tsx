import type { Claim, ListOf, Statement } from '../answers.ts';
import type { Visit } from './visit.ts';

/** The claim in the address. */
export const claimOf = ({ ask, req }: Visit): Promise<Claim> =>
  ask<Claim>('/claims/{claim}', { claim: String(req.params.claim) });

/** What was said on a claim and is not withdrawn, in the order of time. */
export const statementsOn = async ({ ask }: Visit, { id }: Claim): Promise<Statement[]> => {
  const query = { claim: id, order: 'asc', limit: '100', state: 'draft,in_review,published' };
  return (await ask<ListOf<Statement>>('/statements', {}, query)).items;
};

/** The claim that a form is about, above it. */
export function OnClaim({ claim: { slug, text, language } }: { claim: Claim }) {
  return (
    <p class="lead" dir="auto" lang={language}>
      <a href={`/desk/claims/${slug}`}>{text}</a>
    </p>
  );
}
