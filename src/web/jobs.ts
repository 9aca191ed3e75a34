/**
 * Work that goes on when its request has been answered: one at a time, as each takes memory and the turn of other
 * writers. When the server stops, it is broken off.
 */
export class Jobs {
  #ending = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** How many wait or go on. */
  get count(): number {
    return this.#waiting;
  }

  /** Does the work when what came before is done. */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#waiting++;
    const { signal } = this.#ending;
    const done = this.#last.then(() => {
      signal.throwIfAborted();
      return work(signal);
    });
    this.#last = done.catch(() => {}).finally(() => this.#waiting--);
    return done;
  }

  /** Breaks off what goes on, at its next step, and waits until it has said so. */
  async close(): Promise<void> {
    this.#ending.abort(new Error('The server was stopped. Import the file again to go on where it broke off.'));
    await this.#last;
  }
}
