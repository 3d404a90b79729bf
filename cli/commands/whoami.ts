import type { Command } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { openRegistry, type RegistryOptions } from "../http/registry.ts";
import { WhoamiAnswer } from "../http/shapes.ts";
import { safe, safeTable } from "../terminal/safe-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Who the stored token speaks for, as the registry sees it now. */
export const whoami: Command<RegistryOptions> = async ({ terminal, env }, options) => {
  const registry = await openRegistry(env, options);
  const ask = () => registry.get("/api/v1/whoami", WhoamiAnswer);
  const identity = await terminal.progress(safe`Asking ${registry.address}`, ask);
  terminal.result({ ok: true, registry: registry.address, identity });
  printIdentity(terminal, registry.address, identity);
  return EXIT.done;
};

export function printIdentity(terminal: Terminal, registry: string, identity: WhoamiAnswer): void {
  const { kind, label, email, scopes, namespaces, grants, expiresAt } = identity;
  const roles = grants.map(({ role, namespace }) => (namespace === null ? role : `${role} of ${namespace}`));
  const rows = safeTable([
    ["registry", safe`${registry}`],
    ["kind", safe`${kind}`],
    ["e-mail", safe`${email}`],
    ["scopes", safe`${scopes.join(", ")}`],
    ["namespaces", safe`${namespaces.join(", ")}`],
    ["roles", safe`${roles.join(", ")}`],
    ["until", safe`${expiresAt}`],
  ]);
  terminal.print(safe`Signed in as ${label}`, ...rows);
}
