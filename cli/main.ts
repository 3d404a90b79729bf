import { CommanderError } from "commander";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { createProgram } from "./program.ts";
import { raw, safe, safeBlock } from "./terminal/safe-text.ts";
import { createTerminal, reportFailure, type Terminal } from "./terminal/terminal.ts";

/**
 * Runs one command line.
 * @param argv without the runtime and the script.
 * @returns the exit status; everything that can go wrong has one (see exit-codes.ts).
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const { env } = process;
  const terminal = createTerminal({ json: argv.includes("--json"), env });
  let exit: ExitCode = EXIT.done;
  const program = createProgram({ terminal, env, now: () => new Date() }, (code) => {
    exit = code;
  });
  let complaint = "";
  program.configureOutput({ writeErr: (text) => (complaint += text) });
  for (const command of program.commands) inheritOutput(command, program);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    const failure = toFailure(error, complaint);
    if (!failure) return EXIT.done;
    reportFailure(terminal, failure);
    explainInternal(terminal, error, env);
    return failure.exit;
  }
}

type Program = ReturnType<typeof createProgram>;

/** Commander copies these settings only to commands made after them. */
function inheritOutput(command: Program, parent: Program): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritOutput(child, command);
}

/** Null when nothing failed: help and version end by an exception too. */
function toFailure(error: unknown, complaint: string): Failure | null {
  if (error instanceof Failure) return error;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return null;
    const text = complaint.replace(/^error: /, "").trim() || error.message;
    return new Failure(EXIT.usage, "bad-argument", safeBlock(text));
  }
  return new Failure(EXIT.internal, "internal", safe`Something went wrong in the command itself.`, { cause: error });
}

function explainInternal(terminal: Terminal, error: unknown, env: NodeJS.ProcessEnv): void {
  if (error instanceof Failure || error instanceof CommanderError) return;
  if (!env.COUNTERSIGN_DEBUG) return terminal.note(safe`  Set COUNTERSIGN_DEBUG=1 to see where.`);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.note(safe`${raw(safeBlock(stack))}`);
}
