import { Command as Commander } from "commander";
import pkg from "../package.json" with { type: "json" };
import type { Command, Scene } from "./command.ts";
import type { ExitCode } from "./exit-codes.ts";

const registryOption = [
  "--registry <address>",
  "address of the registry (default: COUNTERSIGN_REGISTRY, else the last sign-in)",
] as const;

const exitHelp = `
Exit status: 0 done, 1 internal error, 2 usage, 3 manifest not valid, 4 refused by the registry,
5 not signed in or not allowed, 6 not found, 7 verification failed, 8 registry out of reach,
9 registry not trusted, 130 interrupted.`;

type Finish = (exit: ExitCode) => void;

/** The command line: which words and options there are. Each command's work is in its own file. */
export function createProgram(scene: Scene, finish: Finish): Commander {
  const program = new Commander("countersign")
    .description("Sign, publish and verify MCP servers in a Countersign registry.")
    .version(pkg.version)
    .option("--json", "print one JSON document instead of text")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", exitHelp)
    .exitOverride();
  const run: Run =
    (load, toArguments) =>
    async (...given) => {
      const self = given.at(-1) as Commander;
      const input = Object.assign(self.opts(), toArguments(self.args));
      const command = await load();
      finish(await command(scene, input as Parameters<typeof command>[1]));
    };
  addPublisherCommands(program, run);
  addAccountCommands(program, run);
  addVerifyCommands(program, run);
  return program;
}

/**
 * Joins a command's work to its words: options by their names, and its arguments by the ones given here. The work is
 * loaded only when it is asked for, so that a small command starts fast.
 */
type Run = <Input>(
  load: () => Promise<Command<Input>>,
  toArguments: (args: string[]) => Partial<Input>,
) => (...given: unknown[]) => Promise<void>;

const noArguments = () => ({});

function addPublisherCommands(program: Commander, run: Run): void {
  program
    .command("keygen")
    .description("make a publisher's key pair (ECDSA P-256)")
    .option("--out <file>", "file of the private key; the public one gets .pub", "countersign.key")
    .option("--no-passphrase", "do not encrypt the private key (otherwise asked, or COUNTERSIGN_KEY_PASSPHRASE)")
    .action(run(async () => (await import("./commands/keygen.ts")).keygen, noArguments));
  program
    .command("lint")
    .description("say everything the registry would say about a manifest, offline")
    .argument("<file>", "server.json")
    .action(
      run(
        async () => (await import("./commands/lint.ts")).lint,
        ([file = ""]) => ({ file }),
      ),
    );
  program
    .command("publish")
    .description("sign a manifest and upload it")
    .argument("<file>", "server.json")
    .option("--key <file>", "sign with this private key (passphrase: asked, or COUNTERSIGN_KEY_PASSPHRASE)")
    .option("--identity-token-file <file>", "sign keyless with the identity token in this file (- for standard input)")
    .option("--signing-config <file>", "where to sign keyless (default: as the registry said at first use)")
    .option("--bundle <file>", "upload this Sigstore bundle instead of signing")
    .option("--save-bundle <file>", "also write the bundle to a new file")
    .option("--dry-run", "let the registry check everything and keep nothing", false)
    .option(...registryOption)
    .action(
      run(
        async () => (await import("./commands/publish.ts")).publish,
        ([file = ""]) => ({ file }),
      ),
    );
  program
    .command("status")
    .description("where a version stands, with the reviewer's reason")
    .argument("<name@version>")
    .option(...registryOption)
    .action(
      run(
        async () => (await import("./commands/status.ts")).status,
        ([target = ""]) => ({ target }),
      ),
    );
}

function addAccountCommands(program: Commander, run: Run): void {
  program
    .command("login")
    .description("store a token for a registry (from the prompt or standard input, never an argument)")
    .option("--email <address>", "open a session with this address and a password instead of an API token")
    .option(...registryOption)
    .action(run(async () => (await import("./commands/login.ts")).login, noArguments));
  program
    .command("whoami")
    .description("who the stored token speaks for")
    .option(...registryOption)
    .action(run(async () => (await import("./commands/whoami.ts")).whoami, noArguments));
  program
    .command("logout")
    .description("forget the stored token")
    .option(...registryOption)
    .action(run(async () => (await import("./commands/logout.ts")).logout, noArguments));
}

function addVerifyCommands(program: Commander, run: Run): void {
  program
    .command("verify")
    .description("verify a version: fetched from the registry, or from files without any network")
    .argument("[name[@version]]", "what to fetch; with files, what they must be of")
    .option("--manifest <file>", "server.json as served")
    .option("--bundle <file>", "the publisher's bundle")
    .option("--approval <file>", "the registry's countersignature")
    .option("--trusted-root <file>", "trust material the publisher's bundle was accepted with")
    .option("--registry-key <file>", "the registry's key set, or its public key in PEM form")
    .option("--at <time>", "verify as of this RFC 3339 time instead of now")
    .option("--require-status", "fail unless the registry was asked whether it was revoked", false)
    .option("--save <folder>", "write everything that was fetched into a folder")
    .option("--channel <name>", "read from this channel, with your token or COUNTERSIGN_CHANNEL_SECRET")
    .option(...registryOption)
    .action(
      run(
        async () => (await import("./commands/verify.ts")).verify,
        ([target]) => ({ target }),
      ),
    );
  const registry = program.command("registry").description("what is pinned about a registry");
  registry
    .command("show")
    .option(...registryOption)
    .action(run(async () => (await import("./commands/registry.ts")).showRegistry, noArguments));
  registry
    .command("forget")
    .option("--yes", "do not ask", false)
    .option(...registryOption)
    .action(run(async () => (await import("./commands/registry.ts")).forgetRegistry, noArguments));
}
