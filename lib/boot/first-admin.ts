import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createBootstrapLink, hasAdmin } from "#lib/access/index.ts";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";

export type FirstAdmin = { url: string; expiresAt: string; file: string | null };

/**
 * A fresh link for the first administrator, or null once there is one. On a terminal it is for the screen; anywhere else
 * standard output ends up in some log, so it goes to a file only this account can read.
 */
export async function offerFirstAdmin(ctx: Ctx, config: Config, terminal: boolean): Promise<FirstAdmin | null> {
  const file = path.join(config.instanceDir, "secrets", "first-admin-link");
  rmSync(file, { force: true });
  if (await hasAdmin()) return null;
  const link = await createBootstrapLink(ctx);
  if (terminal) return { ...link, file: null };
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${link.url}\n`, { mode: 0o600, flag: "wx" });
  return { ...link, file };
}
