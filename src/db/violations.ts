import pg from 'pg';
import { Conflict, Forbidden, Invalid, type Problem } from '../errors.ts';

/** What a reader is told when the database refuses: the constraints that an input can break, by name. */
const violations: Record<string, () => Problem> = {
  derivations_have_no_cycle: () =>
    Invalid.at(['sources'], 'a source cannot, by any path, have a statement from itself'),
  one_position_per_claim: () =>
    new Conflict('position.exists', 'This statement already takes a position on this claim.'),
  reply_is_on_the_same_claim: () =>
    new Conflict('position.has_replies', 'Other statements reply to this one on this claim.'),
  roles_check: () => Invalid.at(['roles'], 'a role must not end before it begins'),
  people_name_is_primary: () => Invalid.at(['names'], 'the displayed name must be one of the primary names'),
  our_verdict_has_evidence: () => Invalid.at(['evidence'], 'a verdict of ours needs at least one piece of evidence'),
  four_eyes: () =>
    new Forbidden(
      'You wrote or changed this, so somebody else must publish it. Send it to review: "state": "in_review".',
    ),
  four_eyes_are_of_people: () =>
    new Forbidden('Here four eyes hold: a person who is signed in at the desk publishes, not a token.'),
  four_eyes_on_what_is_public: () =>
    new Forbidden(
      'Here four eyes hold, so nobody changes alone what is public. Propose the edit at the desk, and let somebody else accept it.',
    ),
  four_eyes_on_a_proposal: () =>
    new Forbidden('You proposed this edit or changed what is proposed, so somebody else must accept it.'),
  // The acts look for a twin first; bringing back an earlier version does not.
  sources_canonical_url: () => new Conflict('source.exists', 'Another source on record has this address.'),
  sources_without_url: () =>
    new Conflict(
      'source.exists',
      'Another source on record has this publisher, title and date, and no address either.',
    ),
  users_email: () => new Conflict('user.exists', 'A user with this e-mail address exists.'),
};

/** The plain error behind a violated constraint; undefined for any other error. */
export function asProblem(error: unknown): Problem | undefined {
  if (!(error instanceof pg.DatabaseError) || !error.constraint) return undefined;
  const known = violations[error.constraint];
  if (known) return known();
  // A row that others refer to, or two writers of what only one may have.
  if (error.code === '23503') return new Conflict('still_referred_to', 'Other records refer to this one.');
  return undefined;
}

const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
]);

/** Whether the database is away, stopping, full, or slower than we wait. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) {
    // Classes of PostgreSQL's Appendix A: connection, resources, operator's intervention (also time-outs), system.
    // What is fatal ended the connection or did not let it begin.
    if (error.severity === 'FATAL') return true;
    return /^(08|53|57|58)/.test(error.code ?? '') || error.code === '55P03' || error.code === '25006';
  }
  if ('code' in error && UNAVAILABLE.has(String(error.code))) return true;
  return /timeout|Connection terminated|Client has encountered a connection error|not queryable|Client was closed/i.test(
    error.message,
  );
}
