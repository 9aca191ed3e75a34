import type { Filled } from './records.ts';

/** One figure of a benchmark: a ratio to a peer measured in the same run, or a value. */
export interface Figure {
  aim: number;
  better: 'higher' | 'lower';
  /** `small` is the smallest record, for what is compared between sizes. */
  measure(record: Filled, small: Filled): Promise<number>;
}

/** Prints a line a figure: JSON for scripts, words for people. */
export function report(
  bench: string,
  scale: number,
  measured: number,
  { aim, better }: Pick<Figure, 'aim' | 'better'>,
  json: boolean,
): void {
  const ratio = Number(measured.toPrecision(4));
  if (json) {
    console.log(JSON.stringify({ bench, scale, ratio, aim, better }));
    return;
  }
  const met = better === 'higher' ? ratio >= aim : ratio <= aim;
  const sign = better === 'higher' ? '≥' : '≤';
  console.log(
    `${bench.padEnd(24)} ${String(scale).padStart(8)}  ${String(ratio).padStart(8)}  aim ${sign} ${aim}  ${met ? 'met' : 'MISSED'}`,
  );
}
