import { config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";

export type Installation = Pick<Ctx, "registryId" | "instanceKind">;

/** Registry id and kind of this installation. The start has compared both with what the database was installed as. */
export function getInstallation(): Installation {
  const { publicUrl, kind } = config();
  return { registryId: publicUrl, instanceKind: kind };
}
