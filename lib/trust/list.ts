import { requireReader } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";
import { listTrustRootRows } from "#lib/trust/store.ts";
import { toTrustRootView } from "#lib/trust/to-view.ts";
import type { TrustRootView } from "#lib/trust/view.ts";

/** Every trust root and version, retired ones too; public facts for whoever is signed in. */
export async function listTrustRoots(ctx: Ctx): Promise<TrustRootView[]> {
  requireReader(ctx);
  return (await transact(listTrustRootRows)).map(toTrustRootView);
}
