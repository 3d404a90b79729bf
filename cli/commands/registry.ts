import type { Command } from "../command.ts";
import { findPinned, pinsFile, removePinned } from "../config/pins.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { chooseRegistry, type RegistryOptions } from "../http/registry.ts";
import { askConfirmation } from "../terminal/ask.ts";
import { safe, safeBlock } from "../terminal/safe-text.ts";

/** Shows what is pinned about a registry: its keys, and where identity tokens may be sent. */
export const showRegistry: Command<RegistryOptions> = async ({ terminal, env }, options) => {
  const registry = await chooseRegistry(env, options);
  const pinned = await findPinned(env, registry);
  if (!pinned) throw new Failure(EXIT.notFound, "not-pinned", safe`Nothing is pinned about ${registry}.`);
  terminal.result({ ok: true, registry, ...pinned });
  terminal.print(safe`${registry}, pinned ${pinned.pinnedAt} in ${pinsFile(env)}`);
  for (const key of pinned.keySet?.keys ?? []) {
    const until = key.notAfter === null ? "" : `, until ${key.notAfter}`;
    const revoked = key.revokedAt === null ? "" : `, revoked ${key.revokedAt}`;
    terminal.print(
      safe`  key ${key.keyId}, from ${key.notBefore}${until}${revoked}`,
      safeBlock(key.spkiPem.trimEnd(), "    "),
    );
  }
  if (pinned.signingConfig) terminal.print(safe`  signing configuration ${JSON.stringify(pinned.signingConfig)}`);
  return EXIT.done;
};

/** Forgets what is pinned, so that the next use is a first one. Asks, because it gives up what protects. */
export const forgetRegistry: Command<RegistryOptions & { yes: boolean }> = async ({ terminal, env }, options) => {
  const registry = await chooseRegistry(env, options);
  const question = safe`Forget the pinned keys of ${registry}?`;
  const agreed = options.yes || (await askConfirmation(terminal, question, safe`Say --yes when nobody can be asked.`));
  const removed = agreed && (await removePinned(env, registry));
  terminal.result({ ok: true, registry, removed });
  terminal.print(removed ? safe`Forgotten. The next use pins anew.` : safe`Nothing was changed.`);
  return EXIT.done;
};
