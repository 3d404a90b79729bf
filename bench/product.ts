import path from "node:path";
import { findFreePort, startServer } from "#lib/testing/server-process.ts";
import { serverFlags } from "./resolver-process.ts";
import type { SeededRegistry } from "./seeded-registry.ts";

export type RunningProduct = { port: number; stop: () => Promise<unknown> };

/** Starts the whole product on a seeded registry's database, in the roles `npm start` has. The pages must be built. */
export async function startProduct(registry: SeededRegistry, publicUrl: string): Promise<RunningProduct> {
  const port = await findFreePort();
  const { NEXT_DIST_DIR } = process.env;
  const { appUrl, ownerUrl } = registry.database;
  const settings = {
    ...(NEXT_DIST_DIR ? { NEXT_DIST_DIR } : {}),
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    ANONYMOUS_READ: "true",
    LOG_LEVEL: "error",
    TRUSTED_PROXIES: "127.0.0.1",
    // More than by default, so that the uploads are accepted and cost what they cost.
    MAX_CONCURRENT_VERIFICATIONS: "64",
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    DATA_DIR: path.join(registry.dir, "data"),
    REGISTRY_KEY_DIR: registry.keyDir,
  };
  const server = await startServer(settings, [], serverFlags);
  return { port, stop: () => server.end() };
}
