import type { Config } from "#lib/config/parse.ts";
import type { SettingName } from "#lib/config/settings.ts";

/**
 * The settings as environment variables for a child process, every default written out, so that parsing them again
 * gives the same Config. The owner role's address is left out: children work with the application role.
 */
export function toEnvironment(config: Config): Partial<Record<SettingName, string>> {
  return {
    INSTANCE_KIND: config.kind,
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl,
    ANONYMOUS_READ: String(config.anonymousRead),
    TRUSTED_PROXIES: config.trustedProxies.join(","),
    ...(config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {}),
    DATA_DIR: config.dataDir,
    REGISTRY_KEY_DIR: config.registryKeyDir,
    SESSION_SECRET_FILE: config.sessionSecretFile,
    LOG_LEVEL: config.logLevel,
    MAX_CONCURRENT_VERIFICATIONS: String(config.maxConcurrentVerifications),
    LOOSENING_DELAY_HOURS: String(config.looseningDelayHours),
    MAX_CATALOGUE_AGE_HOURS: String(config.maxCatalogueAgeHours),
    COUNTERSIGN_READ_ADDRESS: config.readAddress,
    ...(config.readSecret ? { COUNTERSIGN_READ_SECRET: config.readSecret } : {}),
  };
}
