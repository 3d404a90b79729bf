import { Command, CommanderError } from "commander";
import { endAllSessions, resetAdmin, revokeTokenByHost } from "#lib/access/index.ts";
import { recordRegistryKeys, rotateRegistryKey } from "#lib/approval/index.ts";
import { type HostWork, withHost } from "#lib/boot/host.ts";
import { StartError } from "#lib/boot/index.ts";
import { type Config, ConfigError, parseConfig } from "#lib/config/index.ts";
import { readSecretFiles } from "#lib/config/secret-files.ts";
import type { Ctx } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { escapeForTerminal } from "#lib/core/escape.ts";
import { ensureRegistryKey, publishKeySet } from "#lib/registry-key/index.ts";
import { verifyAudit } from "./admin/audit.ts";
import { backUp, restore } from "./admin/backup.ts";

type Work = HostWork<string>;

/**
 * `npm run admin -- <command>`: what only the host may do, recorded in the ledger as the host's act.
 * Exit codes: 0 done, 1 refused or broken, 64 wrong usage, 75 or 78 as at a start.
 */
export async function runAdmin(argv: string[]): Promise<void> {
  const program = createProgram();
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function createProgram(): Command {
  const program = new Command("admin")
    .description("Break-glass commands on the host. Each one is recorded in the ledger.")
    .option("--demo", "the demo instance, in place of the production one")
    .exitOverride();
  const begin = async (command: (config: Config) => Promise<string>) => {
    const kind = program.opts<{ demo?: boolean }>().demo ? "demo" : "production";
    console.log(await command(parseConfig({ ...readSecretFiles(process.env), INSTANCE_KIND: kind })));
  };
  const run = (work: Work) => begin((config) => withHost(config, work));

  program
    .command("reset-admin <email>")
    .description("make a person an active administrator, without second factor, and give a link for a new password")
    .action((email: string) => run(async (ctx) => describeLink(await resetAdmin(ctx, { email }))));
  program
    .command("end-sessions [email]")
    .description("end every session of one person, or of everybody")
    .action((email?: string) =>
      run(async (ctx) => `${(await endAllSessions(ctx, { email: email ?? null })).ended} sessions ended.`),
    );
  program
    .command("revoke-token <token>")
    .description("revoke an API token, by its id or its visible beginning")
    .action((token: string) =>
      run(async (ctx) => `Revoked: ${escapeForTerminal((await revokeTokenByHost(ctx, { token })).label)}`),
    );
  program
    .command("rotate-key")
    .description("replace the registry key; the old one vouches for the new one and signs nothing more")
    .action(() => run(async (ctx) => `The registry key is now ${(await rotateRegistryKey(ctx)).keys.at(-1)?.keyId}.`));
  program
    .command("replace-lost-key")
    .description("make a registry key where the old one is lost: everything approved before must be approved again")
    .action(() => run(replaceLostKey));
  program
    .command("audit")
    .description("the ledger and the refusal chain")
    .command("verify [countersignatures...]")
    .description("walk both chains and compare them with every countersignature, stored or given as files")
    .action((files: string[]) => run((ctx, config) => verifyAudit(ctx, config, files)));
  const backup = program.command("backup").description("everything but keys and secrets, in one signed file");
  backup
    .command("create <file>")
    .description("write a backup, beside the running product or without it")
    .action((file: string) => run((ctx, config) => backUp(ctx, config, file)));
  backup
    .command("restore <file>")
    .description("fill an empty database with a backup of this registry, with the product stopped")
    .action((file: string) => begin((config) => restore(config, file)));
  return program;
}

/** Never replaces a key that is there. */
async function replaceLostKey(ctx: Ctx, { registryKeyDir: dir, keySetFile: file }: Config): Promise<string> {
  const keySet = await ensureRegistryKey({ dir, registryId: ctx.registryId, now: ctx.now() });
  await publishKeySet({ dir, file });
  await recordRegistryKeys(ctx, keySet);
  return `The registry key is ${keySet.keys.at(-1)?.keyId}.`;
}

function describeLink({ url, expiresAt }: { url: string; expiresAt: string }): string {
  return `Open this link to set a new password. It works once, until ${expiresAt}:\n\n  ${url}\n`;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64;
  if (isDomainError(error)) console.error(error.detail);
  else console.error(error instanceof Error ? error.message : error);
  if (error instanceof ConfigError) return 78;
  return error instanceof StartError ? error.exitCode : 1;
}

// In a container, where nothing is installed or built any more.
if (import.meta.main) await runAdmin(process.argv.slice(2));
