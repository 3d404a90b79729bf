import path from "node:path";
import type { Logger } from "pino";
import { noteChannelReads, sweepAccess } from "#lib/access/index.ts";
import { recordExpiries, recordRegistryKeys } from "#lib/approval/index.ts";
import { readBuildInfo } from "#lib/boot/build-info.ts";
import { describeCatalogue, isServable } from "#lib/boot/catalogue-state.ts";
import type { Capabilities, OpenReadPlane } from "#lib/boot/product.ts";
import { assertRegistryKeys } from "#lib/boot/registry-keys.ts";
import { createTick } from "#lib/boot/schedule.ts";
import { StartError } from "#lib/boot/start-error.ts";
import { forgetResolutions } from "#lib/channels/index.ts";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { ReadLimits } from "#lib/http/rate-limits.ts";
import { flushRefusals } from "#lib/ledger/index.ts";
import { applyDueChanges } from "#lib/policy-changes/index.ts";
import { ensureRegistryKey, publishKeySet, readKeySetFile } from "#lib/registry-key/index.ts";
import { createDatabaseSource, createReadPlane } from "#lib/resolver/index.ts";
import { seedTrustRoots } from "#lib/trust/index.ts";

/** Where the capabilities meet the start of the product. */
export const capabilities: Capabilities = { prepare, openReadPlane, background };

/** Keys and trust roots, and in a demo the services behind its trust root: what must exist before the first request. */
async function prepare(ctx: Ctx, config: Config) {
  const { registryKeyDir: dir, keySetFile: file } = config;
  await assertRegistryKeys(dir);
  const keySet = await ensureRegistryKey({ dir, registryId: ctx.registryId, now: ctx.now() });
  await publishKeySet({ dir, file });
  await recordRegistryKeys(ctx, keySet);
  if (ctx.instanceKind !== "demo") {
    await seedTrustRoots(ctx, {});
    return { sigstore: null, close: async () => {} };
  }
  const { openDemoServices } = await import("#lib/demo/services.ts");
  const sigstore = await openDemoServices(config.instanceDir);
  const { trustedRootBytes: bytes, issuers } = sigstore;
  await seedTrustRoots(ctx, { demoRoot: { bytes, issuers } });
  return { sigstore, close: sigstore.close };
}

async function openReadPlane(ctx: Ctx, config: Config, log: Logger): Promise<OpenReadPlane> {
  const maxAgeMs = config.maxCatalogueAgeHours * 3_600_000;
  const source = createDatabaseSource(config.databaseUrl ?? "", log);
  const readPlane = createReadPlane({
    registryId: ctx.registryId,
    loadKeySet: () => readKeySetFile(config.keySetFile, ctx.registryId),
    source,
    anonymous: config.anonymousRead,
    internalSecret: config.readSecret ?? undefined,
    revocationsFile: path.join(config.instanceDir, "revocations"),
    maxAgeMs,
    rates: new ReadLimits({
      trustedProxies: config.trustedProxies,
      perMinute: config.readRatePerMinute,
      tokenPerMinute: config.readTokenRatePerMinute,
    }),
    build: readBuildInfo(path.resolve(import.meta.dirname, "../.."), process.env.NEXT_DIST_DIR),
    log,
  });
  const close = async () => {
    await readPlane.stop();
    await source.close();
  };
  await readPlane.start().catch(async (error) => {
    await close();
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    throw new StartError(`The catalogue cannot be loaded: ${reason}`, 75, error);
  });
  return {
    handle: readPlane.handle,
    isReady: () => isServable(readPlane.health(), maxAgeMs),
    describe: () => describeCatalogue(readPlane.health()),
    close,
  };
}

/** Background work, asked for each second: what readers notice at once comes first and most often. */
function background(ctx: Ctx): () => Promise<void> {
  return createTick(
    [
      { everyMs: 0, run: () => recordExpiries(ctx) },
      { everyMs: 0, run: () => applyDueChanges(ctx) },
      { everyMs: 60_000, run: () => flushRefusals(ctx) },
      { everyMs: 60_000, run: () => noteChannelReads(ctx) },
      { everyMs: 600_000, run: () => sweepAccess(ctx) },
      { everyMs: 3_600_000, run: () => forgetResolutions(ctx) },
    ],
    Date.now,
  );
}
