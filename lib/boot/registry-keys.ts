import { existsSync } from "node:fs";
import path from "node:path";
import { StartError } from "#lib/boot/start-error.ts";
import { countRegistryKeys } from "#lib/boot/store.ts";

/**
 * Makes sure that an installed registry's keys are where they should be. Without this a wrong folder, or a database
 * restored without its keys, would begin a new key, and with it nothing approved before could be read.
 * @throws StartError when the database knows keys and the folder holds none.
 */
export async function assertRegistryKeys(dir: string): Promise<void> {
  if (["registry.key", "registry.key.next", "key-set.json"].some((name) => existsSync(path.join(dir, name)))) return;
  if ((await countRegistryKeys()) === 0) return;
  throw new StartError(
    `This registry has keys, but there are none in ${dir} (REGISTRY_KEY_DIR). Restore registry.key and key-set.json ` +
      "there. If they are lost for good, run the host command replace-lost-key: everything must be approved again.",
  );
}
