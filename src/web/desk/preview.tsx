import type { Response } from 'express';
import { change } from '../../db/change.ts';
import { rehearsePublication } from '../../domain/history/rehearse-publication.ts';
import type { Claim } from '../answers.ts';
import { pageHeaders } from '../html/send-page.ts';
import type { Site } from '../site.ts';
import { claimOf, OnClaim, statementsOn } from './on-claim.tsx';
import { proposedEdits } from './proposal.tsx';
import type { Visit } from './visit.ts';

/** How what readers see of a claim is made, on a site whose database is as it is given. */
export interface Rendering {
  page(site: Site, claim: string): Promise<string>;
  embed(site: Site, claim: string): Promise<{ html: string; policy: string }>;
}

export function PreviewLink({ claim, path }: { claim: Claim; path: string }) {
  if (claim.state === 'withdrawn') return null;
  return <a href={`${path}/preview`}>Preview</a>;
}

/** The page and the embed of a claim as they will be when all that waits on it is published. */
export async function showPreview(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const path = `/desk/claims/${claim.slug}/preview`;
  const main = (
    <>
      <OnClaim claim={claim} />
      <p class="note">
        So readers see it once the claim, and every statement and verdict that waits on it, is published, and every
        proposed edit accepted. Only who is signed in sees this.
      </p>
      <h2>The page</h2>
      <p>
        <a href={`${path}/page`}>By itself</a>
      </p>
      <iframe class="preview" src={`${path}/page`} title="The page of the claim, as it will be" />
      <h2>The embed</h2>
      <p>
        <a href={`${path}/embed`}>By itself</a>
      </p>
      <iframe class="preview embed" src={`${path}/embed`} title="The embed of the claim, as it will be" />
    </>
  );
  await visit.show({ title: 'Preview', main });
}

export async function showPagePreview(visit: Visit, res: Response, rendering: Rendering): Promise<void> {
  const html = await rehearsed(visit, rendering.page);
  res.set(pageHeaders).end(html);
}

export async function showEmbedPreview(visit: Visit, res: Response, rendering: Rendering): Promise<void> {
  const { html, policy } = await rehearsed(visit, rendering.embed);
  // An embed stands in any frame; what is not published, in the desk's alone.
  const own = policy.replace('frame-ancestors *', "frame-ancestors 'self'");
  res.set({ ...pageHeaders, 'content-security-policy': own }).end(html);
}

async function rehearsed<T>(visit: Visit, render: (site: Site, claim: string) => Promise<T>): Promise<T> {
  const { site, session } = visit;
  const claim = await claimOf(visit);
  const statements = await statementsOn(visit, claim);
  const edits = await proposedEdits(visit, [claim.id, ...statements.map(({ id }) => id)]);
  return change(site.db, { actor: session, action: 'publication.rehearse' }, (tx) =>
    rehearsePublication(tx, claim.id, async (db) => {
      for (const edit of edits) await edit(db);
      // Where it gets another slug, its page is there.
      const { slug } = await db
        .selectFrom('claims')
        .select('slug')
        .where('id', '=', claim.id)
        .executeTakeFirstOrThrow();
      return render({ ...site, db }, slug);
    }),
  );
}
