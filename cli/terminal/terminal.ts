import { spinner } from "@clack/prompts";
import type { Failure } from "../failure.ts";
import { raw, type SafeText, type Style, safe, styled } from "./safe-text.ts";

const quietMs = 600;

/** Where a command talks: results on standard output, everything about how it goes on standard error. */
export type Terminal = {
  readonly json: boolean;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** The one JSON document of a command run with --json. */
  result(document: object): void;
  /** A line of the result; nothing with --json. */
  print(...lines: SafeText[]): void;
  /** A remark beside the result, on standard error; nothing with --json. */
  note(text: SafeText): void;
  style(style: Style, text: SafeText): SafeText;
  /** Runs the work and says what is going on when it takes a while. */
  progress<T>(label: SafeText, work: () => Promise<T>): Promise<T>;
};

export function createTerminal(options: { json: boolean; env: NodeJS.ProcessEnv }): Terminal {
  const { json } = options;
  const { stdout, stderr, stdin } = process;
  // A reader that closes early, as `head` does, is no error.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const watched = stderr.isTTY === true && !options.env.CI;
  const line = (stream: NodeJS.WriteStream, text: string) => void stream.write(`${text}\n`);
  return {
    json,
    interactive: !json && stdin.isTTY === true && watched,
    result: (document) => {
      if (json) line(stdout, JSON.stringify(document, null, 2));
    },
    print: (...lines) => {
      if (!json) for (const text of lines) line(stdout, text);
    },
    note: (text) => {
      if (!json) line(stderr, text);
    },
    style: (style, text) => styled(style, text, stdout),
    progress: (label, work) => (json ? work() : withProgress(label, work, watched)),
  };
}

/** A spinner where somebody watches, one line elsewhere; nothing at all for work that is over at once. */
async function withProgress<T>(label: SafeText, work: () => Promise<T>, watched: boolean): Promise<T> {
  let stop = () => {};
  const timer = setTimeout(() => {
    if (!watched) return void process.stderr.write(`${label}…\n`);
    const wheel = spinner({ output: process.stderr });
    wheel.start(label);
    stop = () => wheel.clear();
  }, quietMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    stop();
  }
}

/** How every command reports that it failed. */
export function reportFailure(terminal: Terminal, failure: Failure): void {
  const { code, text, details } = failure;
  terminal.result({ ok: false, error: { code, message: text, ...details } });
  terminal.note(safe`${raw(styled("red", safe`error`, process.stderr))} ${raw(text)}`);
  for (const line of failure.lines) terminal.note(safe`  ${raw(line)}`);
}
