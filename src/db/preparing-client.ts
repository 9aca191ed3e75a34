import pg from 'pg';

/** Names that the server holds per connection. Past it queries go unnamed: slower, never wrong. */
const MOST_NAMES = 500;
/** Texts that are counted, before counting begins anew. */
const MOST_TEXTS = 5000;
/** A text that has been sent so often is worth a name. */
const OFTEN = 3;

const names = new Map<string, string>();
const uses = new Map<string, number>();

/** The name under which a query is prepared, once it turns out to be sent again and again. */
function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_NAMES) return name;
  const count = (uses.get(text) ?? 0) + 1;
  if (uses.size >= MOST_TEXTS) uses.clear();
  uses.set(text, count);
  if (count < OFTEN) return undefined;
  uses.delete(text);
  names.set(text, `q${names.size + 1}`);
  return names.get(text);
}

/** After these a connection may still be in somebody's transaction, or hold plans of an older schema: nobody else may have it. */
const BROKEN = /^Query read timeout$|cached plan must not change result type/;

/** Of several statements sent at once, the result of the last. */
const lastOf = <R>(result: R | R[]): R => (Array.isArray(result) ? result.at(-1)! : result);

/** Sends queries that come often as prepared statements, so that they are parsed and planned once a connection. */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // The query under way is told when a connection breaks. Unheard, the event would also end the process.
    this.on('error', () => {});
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's ten overloads, passed on as they came
  override query(...args: any[]): any {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && values?.length ? nameOf(text) : undefined;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const send = super.query as (...args: any[]) => any;
    const sent = name ? send.call(this, { name, text, values }, ...rest) : send.apply(this, args);
    if (!(sent instanceof Promise)) return sent;
    sent.catch((error: Error) => this.#giveUpAfter(error));
    return sent.then(lastOf);
  }

  #giveUpAfter(error: Error): void {
    if (!BROKEN.test(error.message)) return;
    const { stream } = (this as unknown as { connection: { stream: { destroy(): void } } }).connection;
    stream.destroy();
  }
}
