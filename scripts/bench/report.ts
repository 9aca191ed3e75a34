export type Better = 'higher' | 'lower';

/** Takes one figure: its name, the ratio (or value) measured, the aim, and which way is better. */
export type Report = (bench: string, ratio: number, aim: number, better: Better) => void;

/** Prints a line a figure: JSON for scripts, words for people. */
export function reporter(scale: number, json: boolean): Report {
  return (bench, ratio, aim, better) => {
    const rounded = Number(ratio.toPrecision(4));
    if (json) return console.log(JSON.stringify({ bench, scale, ratio: rounded, aim, better }));
    const met = better === 'higher' ? ratio >= aim : ratio <= aim;
    console.log(
      `${bench.padEnd(24)} ${String(scale).padStart(8)}  ${String(rounded).padStart(8)}  aim ${better === 'higher' ? '≥' : '≤'} ${aim}  ${met ? 'met' : 'MISSED'}`,
    );
  };
}
