import * as clack from '@clack/prompts';

/** How far long work is: a bar on a terminal, plain lines elsewhere, both on standard error. */
export interface Shown {
  /** `done` of the total; `line` says it in words. */
  at(done: number, line: string): void;
  end(line: string): void;
  fail(line: string): void;
}

/** Plain lines are this far apart. */
const EVERY_MS = 2000;

export function showProgress(title: string, total: number): Shown {
  return process.stderr.isTTY ? bar(title, total) : lines(title, total);
}

function bar(title: string, total: number): Shown {
  const shown = clack.progress({ max: Math.max(total, 1), output: process.stderr });
  let before = 0;
  shown.start(title);
  return {
    at(done, line) {
      shown.advance(Math.max(0, done - before), line);
      before = Math.max(done, before);
    },
    end: (line) => shown.stop(line),
    fail: (line) => shown.error(line),
  };
}

function lines(title: string, total: number): Shown {
  const print = (line: string) => process.stderr.write(`${line}\n`);
  let last = Date.now();
  print(title);
  return {
    at(done, line) {
      if (Date.now() - last < EVERY_MS) return;
      last = Date.now();
      print(`${line} (${total ? `${Math.floor((100 * done) / total)} %` : 'size unknown'})`);
    },
    end: print,
    fail: print,
  };
}
