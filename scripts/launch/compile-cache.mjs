import * as modules from "node:module";
import path from "node:path";

/**
 * Keeps what the engine made of each module beside the packages, under their rights: every start after the first is
 * spared that work and the memory it takes. A folder that cannot be written changes nothing.
 */
export function keepCompiled(root) {
  // Threads and processes started from here on read it from their environment.
  process.env.NODE_COMPILE_CACHE ??= path.join(root, "node_modules/.cache/compiled");
  modules.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}
