/** What is wrong with one field of an input. `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface Issue {
  pointer: string;
  detail: string;
}

/** A failure that its reader can act on: a stable `code` and a plain sentence. */
export class Problem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The input is understood but not acceptable; each issue names its field. */
export class Invalid extends Problem {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super('invalid', issues.map((issue) => `${issue.pointer || '/'}: ${issue.detail}`).join('; '));
    this.issues = issues;
  }

  static at(path: readonly (string | number)[], detail: string): Invalid {
    return new Invalid([{ pointer: pointerTo(path), detail }]);
  }
}

/** The body is not what its type says, for example broken JSON. */
export class Malformed extends Problem {
  constructor(message: string) {
    super('malformed', message);
  }
}

export class Unauthenticated extends Problem {
  constructor(message = 'Send an access token: Authorization: Bearer onr_…') {
    super('unauthenticated', message);
  }
}

export class Forbidden extends Problem {
  constructor(message: string) {
    super('forbidden', message);
  }
}

export class NotFound extends Problem {
  constructor(noun: string, which: string, message = `There is no ${noun} "${which}".`) {
    super(`${noun}.not_found`, message);
  }

  /** The record exists, but did not yet at the instant asked about. */
  static notYetRecorded(noun: string, which: string, asOf: string): NotFound {
    const error = new NotFound(noun, which, `The ${noun} "${which}" was not yet recorded at ${asOf}.`);
    return Object.assign(error, { code: 'not_yet_recorded' });
  }
}

/** What is asked for clashes with what is on record. `others` are the records that it clashes with. */
export class Conflict extends Problem {
  readonly others: readonly object[];
  constructor(code: string, message: string, others: readonly object[] = []) {
    super(code, message);
    this.others = others;
  }
}

/** Not now: try again later. */
export class Unavailable extends Problem {
  constructor(message: string) {
    super('busy', message);
  }
}

/** An amendment was made to a version that is no longer the newest. */
export class Stale extends Problem {
  constructor(noun: string, version: number) {
    super(
      `${noun}.stale`,
      `Someone else changed this ${noun}: it is now version ${version}. Read it again, then repeat your change.`,
    );
  }
}

/** An amendment did not say which version it amends. */
export class VersionRequired extends Problem {
  constructor() {
    super('version_required', 'Send If-Match with the ETag of the version that you amend.');
  }
}

/** The same was tried too often; it may be tried again after `seconds`. */
export class TooMany extends Problem {
  readonly seconds: number;
  constructor(code: string, message: string, seconds: number) {
    super(code, message);
    this.seconds = seconds;
  }
}

/** The record was withdrawn from the public, or erased. */
export class Gone extends Problem {
  static withdrawn(noun: string, because: string | null): Gone {
    return new Gone(`${noun}.withdrawn`, `This ${noun} was withdrawn${because ? `: ${because}` : '.'}`);
  }
  static purged(noun: string, ground: string): Gone {
    return new Gone(`${noun}.purged`, `This ${noun} was erased: ${ground}`);
  }
}

/** JSON Pointer (RFC 6901) of a path. */
export function pointerTo(path: readonly (string | number | symbol)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
