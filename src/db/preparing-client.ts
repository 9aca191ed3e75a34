import pg from 'pg';

/**
 * Characters of query text that the server holds prepared for a connection, those that read the past counted threefold.
 * A plan takes some 200 bytes a character, so this is about 120 MB: readers choose filters and limits, and so the texts.
 */
const MOST_TEXT = 600_000;
/** Texts that are counted, before counting begins anew. */
const MOST_TEXTS = 5000;
/** A text that has been sent so often is worth a name. */
const OFTEN = 3;

/** Ends the text of a query that reads the past: there each table is three. */
export const PAST = '/* as of */';

const uses = new Map<string, number>();

function isOften(text: string): boolean {
  if (uses.size >= MOST_TEXTS) uses.clear();
  const count = (uses.get(text) ?? 0) + 1;
  uses.set(text, count);
  return count >= OFTEN;
}

const weightOf = (text: string): number => text.length * (text.endsWith(PAST) ? 3 : 1);

/** After these a connection may still be in somebody's transaction, or hold plans of an older schema: nobody else may have it. */
const BROKEN = /^Query read timeout$|cached plan must not change result type/;

/** Of several statements sent at once, the result of the last. */
const lastOf = <R>(result: R | R[]): R => (Array.isArray(result) ? result.at(-1)! : result);

// biome-ignore lint/suspicious/noExplicitAny: pg's ten overloads, passed on as they came
type Send = (...args: any[]) => any;

/** What pg keeps of a connection, and does not say. */
interface Inside {
  connection: { stream: { destroy(): void }; parsedStatements: Record<string, string> };
}

/** Sends queries that come often as prepared statements, so that they are parsed and planned once a connection. */
export class PreparingClient extends pg.Client {
  /** The names of what is prepared, by text, the longest unused first. */
  readonly #names = new Map<string, string>();
  #weight = 0;
  #made = 0;

  constructor(config?: pg.ClientConfig) {
    super(config);
    // The query under way is told when a connection breaks. Unheard, the event would also end the process.
    this.on('error', () => {});
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  override query(...args: any[]): any {
    const [text, values, callback] = args;
    const send = super.query as Send;
    const isNameable = typeof text === 'string' && values?.length > 0 && callback === undefined;
    const sent = isNameable ? this.#sendNamed(send, text, values) : send.apply(this, args);
    if (!(sent instanceof Promise)) return sent;
    sent.catch((error: Error) => this.#giveUpAfter(error));
    return sent.then(lastOf);
  }

  async #sendNamed(send: Send, text: string, values: unknown[]): Promise<unknown> {
    let name = this.#names.get(text);
    if (name !== undefined) this.#names.delete(text);
    else if (isOften(text) && weightOf(text) <= MOST_TEXT) {
      this.#weight += weightOf(text);
      await this.#forgetOldest(send);
      name = `q${++this.#made}`;
    }
    if (name === undefined) return send.call(this, text, values);
    this.#names.set(text, name);
    return send.call(this, { name, text, values });
  }

  /** Makes room for what is about to be prepared. In a transaction that has failed nothing can be forgotten, nor prepared. */
  async #forgetOldest(send: Send): Promise<void> {
    const oldest: string[] = [];
    for (const [text, name] of this.#names) {
      if (this.#weight <= MOST_TEXT) break;
      this.#names.delete(text);
      this.#weight -= weightOf(text);
      if (name in this.#inside.parsedStatements) oldest.push(name);
      delete this.#inside.parsedStatements[name];
    }
    if (oldest.length) await send.call(this, oldest.map((name) => `deallocate ${name}`).join(';')).catch(() => {});
  }

  get #inside(): Inside['connection'] {
    return (this as unknown as Inside).connection;
  }

  #giveUpAfter(error: Error): void {
    if (BROKEN.test(error.message)) this.#inside.stream.destroy();
  }
}
