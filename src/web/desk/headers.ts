import type { RequestHandler } from 'express';

/** What goes with every page that is not for readers: it is kept nowhere, found by no search and shown in no other site. */
export const deskHeaders: RequestHandler = (_req, res, next) => {
  res.set({
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
    // Some addresses are secrets. (Under no-referrer, browsers would hide the origin of forms from us, too.)
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  next();
};
