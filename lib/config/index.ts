import { type Config, parseConfig } from "#lib/config/parse.ts";

export { toEnvironment } from "#lib/config/environment.ts";
export { isLoopback } from "#lib/config/loopback.ts";
export { type Config, ConfigError, parseConfig, type Role } from "#lib/config/parse.ts";

const shared = globalThis as { countersignConfig?: Config };

/**
 * The configuration of this process, parsed from its environment at first use and kept.
 * @throws ConfigError when it is not valid.
 */
export function config(): Config {
  shared.countersignConfig ??= parseConfig(process.env);
  return shared.countersignConfig;
}
