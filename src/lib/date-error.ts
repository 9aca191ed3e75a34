/** A date that can't be kept. `detail` is one or two plain sentences: what is wrong, and what would be right. */
export class DateError extends Error {
  readonly detail: string;

  constructor(detail: string) {
    super(detail);
    this.name = 'DateError';
    this.detail = detail;
  }
}
