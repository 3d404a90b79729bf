import { homedir } from "node:os";
import path from "node:path";

/** Folder of the command's own files: COUNTERSIGN_CONFIG_DIR, else the platform's place for configuration. */
export function configDir(env: NodeJS.ProcessEnv): string {
  if (env.COUNTERSIGN_CONFIG_DIR) return path.resolve(env.COUNTERSIGN_CONFIG_DIR);
  if (process.platform === "win32" && env.APPDATA) return path.join(env.APPDATA, "countersign");
  return path.join(env.XDG_CONFIG_HOME || path.join(homedir(), ".config"), "countersign");
}
