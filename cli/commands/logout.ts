import type { Command } from "../command.ts";
import { removeToken } from "../config/credentials.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { chooseRegistry, openRegistry, type RegistryOptions } from "../http/registry.ts";
import { safe } from "../terminal/safe-text.ts";

/**
 * Forgets the stored token. A session opened with a password is ended at the registry too; an API token stays good
 * elsewhere until it is revoked there.
 */
export const logout: Command<RegistryOptions> = async ({ terminal, env }, options) => {
  const registry = await chooseRegistry(env, options);
  const token = await removeToken(env, registry);
  if (token === null) {
    terminal.result({ ok: true, registry, removed: false, sessionEnded: false });
    terminal.print(safe`No token was stored for ${registry}.`);
    return EXIT.done;
  }
  const isSession = token.startsWith("css_");
  const sessionEnded =
    isSession && (await terminal.progress(safe`Ending the session`, () => endSession(registry, token)));
  terminal.result({ ok: true, registry, removed: true, sessionEnded });
  terminal.print(safe`Signed out of ${registry}.`);
  if (isSession && !sessionEnded)
    terminal.note(safe`warning: the registry could not be told; the session ends by itself.`);
  if (!isSession) terminal.note(safe`The token itself is still good: revoke it in the registry if it may have leaked.`);
  return EXIT.done;

  async function endSession(address: string, secret: string): Promise<boolean> {
    try {
      const opened = await openRegistry(env, { registry: address }, secret);
      await opened.remove("/api/v1/sessions/current");
      return true;
    } catch (error) {
      // Already ended or out of reach: the token is forgotten here in any case.
      if (error instanceof Failure) return error.exit === EXIT.notAllowed;
      throw error;
    }
  }
};
