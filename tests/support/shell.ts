/**
 * As much of a shell as documentation needs, so that its examples run where there is neither bash nor curl nor jq:
 * comments, assignments, pipes, here-documents, quotes, `$NAME`, `$(…)`. Anything else is an error.
 */
export type Program = (args: string[], input: string) => Promise<string>;

type Part = { text: string } | { variable: string } | { script: string };
type Word = Part[];

interface Command {
  words: Word[];
  hereDocument?: Word;
}

/** Runs a script and returns what it prints. Variables are set in `variables`. */
export async function runScript(
  script: string,
  programs: Record<string, Program>,
  variables: Map<string, string>,
): Promise<string> {
  let printed = '';
  for (const pipeline of parse(script)) printed += await runPipeline(pipeline, programs, variables);
  return printed;
}

async function runPipeline(
  pipeline: Command[],
  programs: Record<string, Program>,
  variables: Map<string, string>,
): Promise<string> {
  let output = '';
  for (const { words, hereDocument } of pipeline) {
    const [assigned] = words;
    const name = words.length === 1 && assigned?.[0] && 'text' in assigned[0] && /^(\w+)=/.exec(assigned[0].text)?.[1];
    if (name && assigned) {
      const value = await expand(assigned, programs, variables);
      variables.set(name, value.slice(name.length + 1));
      continue;
    }
    const [program = '', ...args] = await Promise.all(words.map((word) => expand(word, programs, variables)));
    const run = programs[program];
    if (!run) throw new Error(`The documentation uses a program that its test does not know: ${program}`);
    output = await run(args, hereDocument ? await expand(hereDocument, programs, variables) : output);
  }
  return output;
}

async function expand(word: Word, programs: Record<string, Program>, variables: Map<string, string>): Promise<string> {
  let text = '';
  for (const part of word) {
    if ('text' in part) text += part.text;
    else if ('script' in part) text += (await runScript(part.script, programs, variables)).replace(/\n+$/, '');
    else if (variables.has(part.variable)) text += variables.get(part.variable);
    else throw new Error(`The documentation uses a variable before it is set: ${part.variable}`);
  }
  return text;
}

function parse(script: string): Command[][] {
  const pipelines: Command[][] = [];
  let pipeline: Command[] = [];
  let command: Command = { words: [] };
  let waiting: { command: Command; end: string; literal: boolean } | undefined;
  let piped = false;
  let at = 0;

  const endCommand = () => {
    if (command.words.length) pipeline.push(command);
    command = { words: [] };
  };
  while (at < script.length) {
    const rest = script.slice(at);
    if (rest.startsWith('\\\n')) at += 2;
    else if (rest[0] === ' ') at++;
    else if (rest[0] === '#') at += rest.search(/\n|$/);
    else if (rest[0] === '|') {
      endCommand();
      piped = true;
      at++;
    } else if (rest[0] === '\n') {
      at++;
      if (waiting) {
        const { command: reader, end, literal } = waiting;
        const [body = ''] = script.slice(at).split(new RegExp(`^${end}$`, 'm'));
        reader.hereDocument = literal ? [{ text: body }] : parts(body);
        at += body.length + end.length + 1;
        waiting = undefined;
      }
      if (piped && !command.words.length) continue; // the pipe goes on in the next line
      endCommand();
      if (pipeline.length) pipelines.push(pipeline);
      pipeline = [];
      piped = false;
    } else if (rest.startsWith('<<')) {
      const [all, quote, end] = /^<<('?)(\w+)\1/.exec(rest)!;
      waiting = { command, end: end!, literal: quote === "'" };
      at += all.length;
    } else {
      const { word, length } = readWord(rest);
      command.words.push(word);
      at += length;
      piped = false;
    }
  }
  endCommand();
  if (pipeline.length) pipelines.push(pipeline);
  return pipelines;
}

function readWord(text: string): { word: Word; length: number } {
  const word: Word = [];
  let at = 0;
  while (at < text.length && !/[\s|]/.test(text[at]!)) {
    const rest = text.slice(at);
    if (rest[0] === "'") {
      const quoted = rest.slice(1, rest.indexOf("'", 1));
      word.push({ text: quoted });
      at += quoted.length + 2;
    } else if (rest[0] === '"') {
      const quoted = rest.slice(1, rest.indexOf('"', 1));
      word.push(...parts(quoted));
      at += quoted.length + 2;
    } else if (rest.startsWith('$(')) {
      const script = inParentheses(rest.slice(1));
      word.push({ script });
      at += script.length + 3;
    } else {
      const [plain = ''] = /^(\$\w+|[^\s|'"$]+)/.exec(rest) ?? [];
      if (!plain) throw new Error(`The test cannot read the documentation at: ${rest.slice(0, 40)}`);
      word.push(...parts(plain));
      at += plain.length;
    }
  }
  return { word, length: at };
}

/** Text in which `$NAME` stands for a variable. */
function parts(text: string): Part[] {
  return text.split(/(\$[A-Z_]+)/).flatMap((part): Part[] => {
    if (!part) return [];
    return [/^\$[A-Z_]+$/.test(part) ? { variable: part.slice(1) } : { text: part }];
  });
}

function inParentheses(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(1, at);
  }
  throw new Error('The documentation opens $( without closing it.');
}
