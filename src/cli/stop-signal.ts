import { isRunByNpm } from '../config.ts';

/** A terminal and npm each pass on one Ctrl-C, so signals this close together are one. */
const ONE_WISH = 1000;

export interface Stop {
  /** Resolves when the process is asked to end, with its exit code. */
  asked: Promise<number>;
  /** Asks, from within. */
  ask(exitCode: number): void;
}

/** From now on SIGTERM and SIGINT ask to end in good order; a second one ends the process at once. */
export function stopSignal(onFirst: (signal: string) => void): Stop {
  const { promise, resolve } = withResolvers();
  let first: number | undefined;
  const hear = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = performance.now();
      onFirst(signal);
      return resolve(0);
    }
    if (performance.now() - first > ONE_WISH) process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGTERM', hear).on('SIGINT', hear);
  if (isRunByNpm()) whenParentEnds(() => hear('SIGTERM'));
  return { asked: promise, ask: resolve };
}

/** npm passes a signal on to a shell, and most shells end without passing it on to us. */
function whenParentEnds(act: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, 100).unref();
}

function withResolvers() {
  let resolve: (exitCode: number) => void = () => {};
  const promise = new Promise<number>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
