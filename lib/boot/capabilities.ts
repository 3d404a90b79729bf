import path from "node:path";
import { sweepAccess } from "#lib/access/index.ts";
import { readBuildInfo } from "#lib/boot/build-info.ts";
import { createLog } from "#lib/boot/log.ts";
import type { Capabilities } from "#lib/boot/product.ts";
import { createTick } from "#lib/boot/schedule.ts";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { flushRefusals } from "#lib/ledger/index.ts";
import { ensureRegistryKey, readKeySet } from "#lib/registry-key/index.ts";
import { createDatabaseSource, createReadPlane } from "#lib/resolver/index.ts";

/** Where the capabilities meet the start of the product. */
export const capabilities: Capabilities = {
  async prepare(ctx, config) {
    await ensureRegistryKey({ dir: config.registryKeyDir, registryId: ctx.registryId, now: ctx.now() });
  },
  openReadPlane,
  background(ctx) {
    return createTick(
      [
        { everyMs: 60_000, run: () => flushRefusals(ctx) },
        { everyMs: 600_000, run: () => sweepAccess(ctx) },
      ],
      Date.now,
    );
  },
};

async function openReadPlane(ctx: Ctx, config: Config) {
  const log = createLog(config.logLevel);
  const source = createDatabaseSource(config.databaseUrl ?? "", log);
  const readPlane = createReadPlane({
    registryId: ctx.registryId,
    loadKeySet: () => readKeySet(config.registryKeyDir, ctx.registryId),
    source,
    anonymous: config.anonymousRead,
    internalSecret: config.readSecret ?? undefined,
    build: readBuildInfo(path.resolve(import.meta.dirname, "../.."), process.env.NEXT_DIST_DIR),
    log,
  });
  const close = async () => {
    await readPlane.stop();
    await source.close();
  };
  await readPlane.start().catch(async (error) => {
    await close();
    throw error;
  });
  return { handle: readPlane.handle, close };
}
