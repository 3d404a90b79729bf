import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Gives this test process an instance secret. Call before anything reads the configuration. @returns removes it. */
export function provideInstanceSecret(): () => void {
  const dir = mkdtempSync(path.join(tmpdir(), "cs-secret-"));
  const file = path.join(dir, "session");
  writeFileSync(file, "test-secret-".repeat(4), { mode: 0o600 });
  process.env.SESSION_SECRET_FILE = file;
  process.env.PUBLIC_URL = "http://localhost:3000";
  (globalThis as { countersignConfig?: unknown }).countersignConfig = undefined;
  return () => rmSync(dir, { recursive: true, force: true });
}
