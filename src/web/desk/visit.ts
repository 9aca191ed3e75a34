import type { Request, RequestHandler, Response } from 'express';
import type { Actor } from '../../db/types.ts';
import { countQueues } from '../../domain/queues/queues.ts';
import type { Session } from '../../domain/users/session.ts';
import { Forbidden } from '../../errors.ts';
import type { Ask } from '../ask.ts';
import { sessionOf } from '../caller.ts';
import { renderPage } from '../html/document.tsx';
import { pageHeaders } from '../html/send-page.ts';
import { isSameOrigin } from '../middleware/same-origin.ts';
import type { Site } from '../site.ts';
import { formToken } from './forms.tsx';
import { type DeskPage, deskPage } from './layout.tsx';
import { isSame } from './proofs.ts';

/** Somebody signed in who asks for a page of the desk, or sends a form. */
export interface Visit {
  site: Site;
  session: Session;
  req: Request;
  /** For the forms of this session. */
  token: string;
  /** Asks the API as who is signed in. */
  ask: Ask;
  /** What was sent: the form's fields, or the address's parameters. */
  typed: URLSearchParams;
  /** What a field of the form, or a parameter of the address, says; empty where there is none. */
  field(name: string): string;
  /** What all the fields of one name say. */
  fields(name: string): string[];
  show(page: DeskPage, status?: number): Promise<void>;
  /** Leads on, so that loading the page again does not send the form again. */
  leadTo(path: string): void;
}

/** What the desk works with: it asks the API as whoever is signed in. */
export interface Desk {
  site: Site;
  askAs: (actor: Actor) => Ask;
}

/** Lets in who is signed in, and forms that come from a page of ours; others are led to the sign-in, and back from there. */
export function visit({ site, askAs }: Desk, handle: (visit: Visit, res: Response) => Promise<void>): RequestHandler {
  return async (req, res) => {
    const session = await sessionOf(req, site);
    const sending = req.method !== 'GET' && req.method !== 'HEAD';
    if (!session) {
      const next = sending ? '' : `?next=${encodeURIComponent(req.originalUrl)}`;
      return res.redirect(303, `/desk/sign-in${next}`);
    }
    const token = formToken(site.secret, session.sessionId);
    const values = sending ? new URLSearchParams((req.body as string) || '') : parametersOf(req);
    if (sending && !(isSameOrigin(req, site.publicUrl) && isSame(values.get('form') ?? '', token)))
      throw new Forbidden(
        'This form did not come from a page of this desk, or is of a session that has ended. Open the page again.',
      );
    await handle(
      {
        site,
        session,
        req,
        token,
        ask: askAs(session),
        typed: values,
        field: (name) => values.get(name) ?? '',
        fields: (name) => values.getAll(name),
        show: async (page, status = 200) => {
          const waiting = await countQueues(site.db, {
            user: session.id,
            today: site.now().toISOString().slice(0, 10),
          });
          showPage(res, status, renderPage(site, deskPage(site, page, { session, token, path: req.path, waiting })));
        },
        leadTo: (path) => res.redirect(303, path),
      },
      res,
    );
  };
}

export const parametersOf = (req: Request): URLSearchParams => new URL(req.originalUrl, 'http://desk').searchParams;

export function showPage(res: Response, status: number, html: string): void {
  res.status(status).set(pageHeaders).end(html);
}
