import type { ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What every command is given: where to talk, and the environment it may read. Time comes from `now`. */
export type Scene = { terminal: Terminal; env: NodeJS.ProcessEnv; now: () => Date };

/** A command's work. It answers with the exit status, or throws a Failure. */
export type Command<Input> = (scene: Scene, input: Input) => Promise<ExitCode>;
