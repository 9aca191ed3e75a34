import type { RequestHandler, Response } from 'express';
import type { PublicSite } from '../site.ts';
import { answerProblem, problem } from './problems.ts';

/** Every request ends within 5 s, whatever the database does. */
const DEADLINE_MS = 4500;

/** Answers 503 for a request that takes too long. A write may still have been made: repeating it with its key is safe. */
export function deadline(site: PublicSite): RequestHandler {
  return (req, res, next) => {
    const timer = setTimeout(() => {
      if (!res.headersSent)
        answerProblem(
          site,
          req,
          res,
          problem(
            503,
            'too_slow',
            'The database does not answer just now. Try again; a write is safe to repeat with its Idempotency-Key.',
          ),
        );
    }, DEADLINE_MS).unref();
    timers.set(res, timer);
    res.once('close', () => clearTimeout(timer));
    next();
  };
}

const timers = new WeakMap<Response, NodeJS.Timeout>();

/** For a request that sends a file, which takes as long as it takes. */
export function liftDeadline(res: Response): void {
  clearTimeout(timers.get(res));
}
