import { confirm, isCancel, password, text } from "@clack/prompts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type SafeText, safe } from "./safe-text.ts";
import type { Terminal } from "./terminal.ts";

const maxStdinBytes = 64 * 1024;
const output = process.stderr;

/** Asks for a secret without showing it. @throws Failure when nobody can be asked (`otherwise` says what to do). */
export async function askSecret(terminal: Terminal, message: SafeText, otherwise: SafeText): Promise<string> {
  assertInteractive(terminal, otherwise);
  return answer(await password({ message, output }));
}

export async function askText(terminal: Terminal, message: SafeText, otherwise: SafeText): Promise<string> {
  assertInteractive(terminal, otherwise);
  return answer(await text({ message, output })).trim();
}

export async function askConfirmation(terminal: Terminal, message: SafeText, otherwise: SafeText): Promise<boolean> {
  assertInteractive(terminal, otherwise);
  return answer(await confirm({ message, initialValue: false, output }));
}

/** One line (or the whole) of standard input, at most 64 KiB, without surrounding white space. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > maxStdinBytes) throw new Failure(EXIT.usage, "stdin-too-large", safe`Standard input is too large.`);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString("utf8").trim();
}

function assertInteractive(terminal: Terminal, otherwise: SafeText): void {
  if (!terminal.interactive) throw new Failure(EXIT.usage, "cannot-ask", otherwise);
}

function answer<T>(value: T): Exclude<T, symbol> {
  if (isCancel(value)) throw new Failure(EXIT.interrupted, "interrupted", safe`Interrupted.`);
  return value as Exclude<T, symbol>;
}
