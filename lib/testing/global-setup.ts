import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startTestServer } from "#lib/testing/server.ts";
import { keepCompiled } from "../../scripts/launch/compile-cache.mjs";

/**
 * Once per test run: a private folder and a socket on which test files ask for databases. The Postgres behind it starts
 * at the first request, so runs that need no database pay nothing. Processes that tests start share what Node has compiled.
 */
export default async function setup(): Promise<() => Promise<void>> {
  keepCompiled(path.resolve(import.meta.dirname, "../.."));
  const dir = mkdtempSync(path.join(tmpdir(), "cs-test-"));
  const server = await startTestServer(dir);
  process.env.TEST_DATABASE_SOCKET = server.socket;
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
