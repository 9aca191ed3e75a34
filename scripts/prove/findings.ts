/** What a proof found, a line each. */
export class Findings {
  #missed = 0;

  expect(what: string, met: boolean, measured: unknown): void {
    if (!met) this.#missed++;
    console.log(
      `${met ? 'met   ' : 'MISSED'} ${what} (${typeof measured === 'string' ? measured : JSON.stringify(measured)})`,
    );
  }

  get exitCode(): number {
    return this.#missed > 0 ? 1 : 0;
  }
}
