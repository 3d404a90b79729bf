import type { Config } from "#lib/config/parse.ts";
import type { SettingName } from "#lib/config/settings.ts";

/**
 * The settings as environment variables for a child process, every default written out, so that parsing them again
 * gives the same Config. The owner role's address is left out: children work with the application role.
 */
export function toEnvironment(config: Config): Partial<Record<SettingName, string>> {
  return {
    INSTANCE_KIND: config.kind,
    ROLE: config.role,
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl,
    ANONYMOUS_READ: String(config.anonymousRead),
    TRUSTED_PROXIES: config.trustedProxies.join(","),
    ...(config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {}),
    DATABASE_POOL_SIZE: String(config.databasePoolSize),
    DATABASE_WAIT_SECONDS: String(config.databaseWaitSeconds),
    DATA_DIR: config.dataDir,
    ...(mayHoldSecrets(config) ? toSecretPlaces(config) : {}),
    KEY_SET_FILE: config.keySetFile,
    LOG_LEVEL: config.logLevel,
    LOG_REQUESTS: String(config.logRequests),
    ...(config.metrics ? { METRICS_HOST: config.metrics.host, METRICS_PORT: String(config.metrics.port) } : {}),
    DRAIN_SECONDS: String(config.drainSeconds),
    MAX_CONCURRENT_VERIFICATIONS: String(config.maxConcurrentVerifications),
    LOOSENING_DELAY_HOURS: String(config.looseningDelayHours),
    MAX_CATALOGUE_AGE_HOURS: String(config.maxCatalogueAgeHours),
    READ_RATE_PER_MINUTE: String(config.readRatePerMinute),
    READ_TOKEN_RATE_PER_MINUTE: String(config.readTokenRatePerMinute),
    API_RATE_PER_MINUTE: String(config.apiRatePerMinute),
    API_TOKEN_RATE_PER_MINUTE: String(config.apiTokenRatePerMinute),
    COUNTERSIGN_READ_ADDRESS: config.readAddress,
    ...(config.readSecret ? { COUNTERSIGN_READ_SECRET: config.readSecret } : {}),
  };
}

function mayHoldSecrets({ role }: Config): boolean {
  return role === "all" || role === "web";
}

function toSecretPlaces({ registryKeyDir, sessionSecretFile, databaseReaderRole }: Config) {
  return {
    REGISTRY_KEY_DIR: registryKeyDir,
    SESSION_SECRET_FILE: sessionSecretFile,
    ...(databaseReaderRole ? { DATABASE_READER_ROLE: databaseReaderRole } : {}),
  };
}
