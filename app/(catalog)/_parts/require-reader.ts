import { redirect } from "next/navigation";
import { config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { pageCtx } from "#lib/session/index.ts";
import { signInPath } from "../../_parts/next-path.ts";

/**
 * Who reads a catalogue page. The pages' own access to the read plane is always open, so that this is where strangers
 * are sent to sign-in when the installation is not open for anonymous reading.
 */
export async function requireCatalogReader(path: string): Promise<Ctx> {
  const ctx = await pageCtx();
  if (ctx.actor.kind === "anonymous" && !config().anonymousRead) redirect(signInPath(path));
  return ctx;
}
