import { capabilities } from "#lib/boot/capabilities.ts";
import { type Product, readArguments, StartError, startProduct } from "#lib/boot/index.ts";
import { partsOf } from "#lib/boot/roles.ts";
import { welcome } from "#lib/boot/welcome.ts";
import { type Config, ConfigError, parseConfig } from "#lib/config/index.ts";
import { readSecretFiles } from "#lib/config/secret-files.ts";

/**
 * Runs a process of an instance until it is told to stop. A start that fails ends the process: 78 for a setting or an
 * installation that is wrong, 75 for something that may pass, 70 for anything unexpected.
 */
export async function runServer(env: NodeJS.ProcessEnv, argv: readonly string[]): Promise<void> {
  let product: Product | undefined;
  const end = createEnd(() => product);
  try {
    product = await startProduct(readConfig(env, argv), capabilities, {
      say: (message) => console.log(`  ${message}`),
      warn: (message) => console.error(`  Warning: ${message}`),
      lost: (error) => {
        console.error(`  ${error.message}`);
        void end(70);
      },
    });
    await welcome(product);
  } catch (error) {
    report(error);
    await end(toExitCode(error));
  }
}

/** Whether this start will show pages, which must be built before. Not when its settings are wrong: it then ends. */
export function needsPages(env: NodeJS.ProcessEnv, argv: readonly string[]): boolean {
  try {
    return partsOf[readConfig(env, argv).role].control;
  } catch {
    return false;
  }
}

function readConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): Config {
  return parseConfig({ ...readSecretFiles(env), ...readArguments(argv) });
}

/** Ends the process in order on a signal or when the process that started us is gone; at once on a second signal. */
function createEnd(running: () => Product | undefined): (code: number) => Promise<void> {
  let endingSince = 0;
  const end = async (code: number): Promise<void> => {
    // One Ctrl-C may arrive twice: from the terminal and from the process that started us.
    if (endingSince && Date.now() - endingSince > 1_000) process.exit(1);
    if (endingSince) return;
    endingSince = Date.now();
    await running()?.stop().catch(report);
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
  process.on("disconnect", () => void end(0));
  if (process.env.npm_lifecycle_event) watchParent(() => void end(0));
  return end;
}

/** npm ends without a word to us when it is killed; our parent then is another process. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1_000);
  timer.unref();
}

function report(error: unknown): void {
  if (error instanceof ConfigError || error instanceof StartError) console.error(`\n${error.message}\n`);
  else console.error(error);
}

function toExitCode(error: unknown): number {
  if (error instanceof ConfigError) return 78;
  return error instanceof StartError ? error.exitCode : 70;
}

// The database driver's client queries a connection inside a transaction before the last query ended, which the driver
// queues and announces to give up some day. Nothing an operator could do anything about.
process.noDeprecation = true;

if (import.meta.main) await runServer(process.env, process.argv.slice(2));
