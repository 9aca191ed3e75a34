import express, { type Request, type Response, Router } from 'express';
import { change } from '../../db/change.ts';
import { endSession } from '../../domain/users/end-session.ts';
import { Invalid } from '../../errors.ts';
import { badText } from '../../lib/text.ts';
import { setCookie } from '../session-cookie.ts';
import type { Site } from '../site.ts';
import { endOneSession, showAccount } from './account.tsx';
import { exportChanges, showChanges } from './changes.tsx';
import { showClaim } from './claim.tsx';
import { commentOnClaim, moveOneClaim, moveOneStatement, moveOneVerdict } from './claim-sent.ts';
import { endMentionsOnClaim } from './comments.tsx';
import { tellApart, tellApartNoMore } from './distinction.tsx';
import { editableClaim } from './edit-claim.tsx';
import { editPage } from './edit-record.tsx';
import { editableSource } from './edit-source.tsx';
import { editableStatement } from './edit-statement.tsx';
import { eraseOne, showErasure } from './erasure.tsx';
import { fillSource, suggestSource } from './fill-source.ts';
import { giveOneVerdict, showGiveVerdict } from './give-verdict.tsx';
import { deskHeaders } from './headers.ts';
import { historied, restoreOne, showHistory } from './history.tsx';
import { showDesk } from './home.tsx';
import { linkOneResponse, showLinkResponse } from './link-response.tsx';
import { logOneClaim, showLogClaim } from './log-claim.tsx';
import { mergeOne, showMerge } from './merge.tsx';
import { unmergeOne } from './merged.tsx';
import { changeOwnPassword, showOwnPassword } from './own-password.tsx';
import { showPeople } from './people.tsx';
import { editOnePerson, showPerson } from './person.tsx';
import { type Rendering, showEmbedPreview, showPagePreview, showPreview } from './preview.tsx';
import { acceptOne, returnOne, showProposal } from './proposal.tsx';
import { assignTicked, showQueue } from './queue.tsx';
import { suggestRepeats } from './repeats.tsx';
import { chooseByReset, showReset } from './reset.tsx';
import { showSecondFactor, turnOffCodes, turnOnCodes } from './second-factor.tsx';
import { editTheSettings, showSettings } from './settings.tsx';
import { signIn } from './sign-in.ts';
import { signInByCode } from './sign-in-code.tsx';
import { showSignIn } from './sign-in-form.tsx';
import { suggestClaims, suggestPeople, understandDate } from './suggestions.tsx';
import { createOneToken, revokeOneToken, showTokens } from './tokens.tsx';
import { keepTyped, throwAwayTyped } from './unsent.tsx';
import { editOneUser, inviteOneUser, offerOneReset, showUsers } from './users.tsx';
import { type Desk, parametersOf, visit } from './visit.ts';

/** The signed-in side, under /desk: where those work who keep the record. */
export function desk(site: Site, askAs: Desk['askAs'], rendering: Rendering): Router {
  const at = { site, askAs };
  const router = Router();
  router.use('/desk', deskHeaders);
  router.use('/desk', express.text({ type: 'application/x-www-form-urlencoded', limit: '1mb' }), refuseBadText);

  router.get('/desk/sign-in', async (req: Request, res: Response) => showSignIn(site, req, res));
  router.post('/desk/sign-in', (req, res) => signIn(site, req, res));
  router.get('/desk/sign-in/code', (_req, res) => res.redirect(303, '/desk/sign-in'));
  router.post('/desk/sign-in/code', (req, res) => signInByCode(site, req, res));
  router.get('/desk/reset/:secret', (req, res) => showReset(site, req, res));
  router.post('/desk/reset/:secret', (req, res) => chooseByReset(site, req, res));
  router.post(
    '/desk/sign-out',
    visit(at, async ({ session, leadTo }, res) => {
      await change(site.db, { actor: session, action: 'session.end' }, (tx) => endSession(tx, session.sessionId));
      setCookie(res, site.publicUrl, 'session', '', 0);
      leadTo('/desk/sign-in');
    }),
  );
  router.get('/desk', visit(at, showDesk));
  router.get('/desk/claims/new', visit(at, showLogClaim));
  router.post('/desk/claims/new', visit(at, logOneClaim));
  router.get('/desk/claims/:claim', visit(at, showClaim));
  router.get('/desk/claims/:claim/preview', visit(at, showPreview));
  router.get(
    '/desk/claims/:claim/preview/page',
    visit(at, (asked, res) => showPagePreview(asked, res, rendering)),
  );
  router.get(
    '/desk/claims/:claim/preview/embed',
    visit(at, (asked, res) => showEmbedPreview(asked, res, rendering)),
  );
  router.post('/desk/claims/:claim/comments', visit(at, commentOnClaim));
  router.post('/desk/claims/:claim/comments/done', visit(at, endMentionsOnClaim));
  router.post('/desk/claims/:claim/state', visit(at, moveOneClaim));
  router.post('/desk/claims/:claim/statements/:statement/state', visit(at, moveOneStatement));
  for (const { path, show, send } of [editPage(editableClaim), editPage(editableStatement), editPage(editableSource)]) {
    router.get(path, visit(at, show));
    router.post(path, visit(at, send));
  }
  router.get('/desk/proposals/:proposal', visit(at, showProposal));
  router.post('/desk/proposals/:proposal/accept', visit(at, acceptOne));
  router.post('/desk/proposals/:proposal/return', visit(at, returnOne));
  router.get('/desk/claims/:claim/verdict', visit(at, showGiveVerdict));
  router.post('/desk/claims/:claim/verdict', visit(at, giveOneVerdict));
  router.post('/desk/claims/:claim/verdicts/:verdict/state', visit(at, moveOneVerdict));
  router.get('/desk/claims/:claim/response', visit(at, showLinkResponse));
  router.post('/desk/claims/:claim/response', visit(at, linkOneResponse));
  router.get('/desk/people', visit(at, showPeople));
  router.get('/desk/people/:person', visit(at, showPerson));
  router.post('/desk/people/:person', visit(at, editOnePerson));
  router.get(
    '/desk/suggest/people',
    visit(at, async (asked, res) => void res.type('html').send(await suggestPeople(asked))),
  );
  router.get(
    '/desk/suggest/claims',
    visit(at, async (asked, res) => void res.type('html').send(await suggestClaims(asked))),
  );
  router.get(
    '/desk/repeats',
    visit(at, async (asked, res) => void res.type('html').send(await suggestRepeats(asked))),
  );
  router.get(
    '/desk/date',
    visit(at, async (asked, res) => void res.json(understandDate(asked))),
  );
  router.post(
    '/desk/unsent',
    visit(at, (sent, res) => keepTyped(sent, (kept) => void res.json(kept))),
  );
  router.post('/desk/unsent/:id/throw-away', visit(at, throwAwayTyped));
  for (const kind of Object.keys(historied)) {
    router.get(
      `/desk/${kind}/:reference/history`,
      visit(at, (asked) => showHistory(asked, kind)),
    );
    router.post(
      `/desk/${kind}/:reference/history`,
      visit(at, (sent) => restoreOne(sent, kind)),
    );
  }
  for (const kind of ['people', 'claims'] as const) {
    router.get(
      `/desk/${kind}/:reference/merge`,
      visit(at, (asked) => showMerge(asked, kind)),
    );
    router.post(
      `/desk/${kind}/:reference/merge`,
      visit(at, (sent) => mergeOne(sent, kind)),
    );
    router.post(
      `/desk/${kind}/:reference/unmerge`,
      visit(at, (sent) => unmergeOne(sent, kind)),
    );
  }
  router.post('/desk/people/:person/distinctions', visit(at, tellApart));
  router.post('/desk/people/:person/distinctions/:id/withdraw', visit(at, tellApartNoMore));
  router.get(
    '/desk/suggest/source',
    visit(at, async (asked, res) => void res.json(await suggestSource(asked))),
  );
  router.post('/desk/fill', visit(at, fillSource));
  router.get('/desk/queues/:queue', visit(at, showQueue));
  router.post('/desk/queues/:queue/assign', visit(at, assignTicked));
  router.get('/desk/account', visit(at, showAccount));
  router.post('/desk/account/sessions', visit(at, endOneSession));
  router.get(
    '/desk/account/password',
    visit(at, (asked) => showOwnPassword(asked)),
  );
  router.post('/desk/account/password', visit(at, changeOwnPassword));
  router.get('/desk/account/codes', visit(at, showSecondFactor));
  router.post('/desk/account/codes', visit(at, turnOnCodes));
  router.post('/desk/account/codes/off', visit(at, turnOffCodes));
  router.get('/desk/users', visit(at, showUsers));
  router.post('/desk/users', visit(at, inviteOneUser));
  router.post('/desk/users/:id', visit(at, editOneUser));
  router.post('/desk/users/:id/reset', visit(at, offerOneReset));
  router.get('/desk/tokens', visit(at, showTokens));
  router.post('/desk/tokens', visit(at, createOneToken));
  router.post('/desk/tokens/:id/revoke', visit(at, revokeOneToken));
  router.get('/desk/settings', visit(at, showSettings));
  router.post('/desk/settings', visit(at, editTheSettings));
  router.get('/desk/erasure', visit(at, showErasure));
  router.post('/desk/erasure', visit(at, eraseOne));
  router.get('/desk/changes', visit(at, showChanges));
  router.get('/desk/changes.csv', visit(at, exportChanges));
  return router;
}

/** What PostgreSQL cannot hold is refused before any act sees it. */
function refuseBadText(req: Request, _res: Response, next: () => void): void {
  const sent = new URLSearchParams(typeof req.body === 'string' ? req.body : '');
  for (const [name, value] of [...parametersOf(req), ...sent]) {
    const bad = badText(value);
    if (bad) throw Invalid.at([name], bad);
  }
  next();
}
