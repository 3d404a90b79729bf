import path from "node:path";
import { findConflicts } from "#lib/config/conflicts.ts";
import { type SettingValues, settings } from "#lib/config/settings.ts";

export type Role = SettingValues["ROLE"];

/** Everything the processes of one instance agree on. All paths absolute. */
export type Config = {
  kind: "production" | "demo" | "test";
  /** Which parts of the product this process runs. */
  role: Role;
  host: string;
  port: number;
  /** Without a trailing slash; the registry id. */
  publicUrl: string;
  anonymousRead: boolean;
  /** Addresses and CIDR ranges whose forwarded headers count. */
  trustedProxies: string[];
  /** Application role; null when the embedded database is to be used. */
  databaseUrl: string | null;
  /** Role that owns the tables; null when only one role was supplied. */
  databaseOwnerUrl: string | null;
  /** Role of resolver processes, which gets its rights with every migration; null when they use the application role. */
  databaseReaderRole: string | null;
  /** Connections that one process keeps for people and background work, at most. */
  databasePoolSize: number;
  /** How long resolver and worker wait at their start for a migrated database. */
  databaseWaitSeconds: number;
  /** Folder of this instance: `<DATA_DIR>/<kind>`. */
  instanceDir: string;
  dataDir: string;
  registryKeyDir: string;
  /** The public keys, for every process that reads; where it is not the one beside the private key, a copy of that. */
  keySetFile: string;
  sessionSecretFile: string;
  logLevel: "debug" | "info" | "warn" | "error";
  /** Whether each finished request is logged, not only those that failed on our side. */
  logRequests: boolean;
  /** Where metrics are served; null when nowhere. */
  metrics: { host: string; port: number } | null;
  /** How long a stopping process goes on serving, not ready any more, before it takes no new connections. */
  drainSeconds: number;
  maxConcurrentVerifications: number;
  looseningDelayHours: number;
  /** How long the read API goes on from its last catalogue while the database is away. */
  maxCatalogueAgeHours: number;
  /** Requests of the read API in a minute: of one network, and with one valid token. 0 for no limit. */
  readRatePerMinute: number;
  readTokenRatePerMinute: number;
  /** The same of `/api/v1`, where a person is counted by all their sessions together. */
  apiRatePerMinute: number;
  apiTokenRatePerMinute: number;
  /** host:port at which processes of this machine reach the read API. */
  readAddress: string;
  /** By which our own processes may read where nobody else may; null outside the server's processes. */
  readSecret: string | null;
};

/** The settings cannot be used. `problems` is the complete list, each naming the setting and how to fix it. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Parses the settings of an environment. An empty value counts as missing. Nothing is opened or contacted.
 * @throws ConfigError with every problem at once.
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values = readSettings(env, problems);
  problems.push(...findConflicts(values, problems));
  if (problems.length > 0) throw new ConfigError(problems);
  return toConfig(values as SettingValues);
}

function readSettings(env: Record<string, string | undefined>, problems: string[]): Partial<SettingValues> {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const given = env[name]?.trim() || undefined;
    const result = setting.schema.safeParse(given);
    if (result.success) values[name] = result.data;
    else problems.push(`${name} ${setting.must}${showGiven(given, "secret" in setting)}.`);
  }
  return values as Partial<SettingValues>;
}

function showGiven(given: string | undefined, secret: boolean): string {
  return given === undefined || secret ? "" : ` (it is ${JSON.stringify(given.slice(0, 80))})`;
}

function toConfig(values: SettingValues): Config {
  const dataDir = values.DATA_DIR ?? path.resolve(".countersign");
  const instanceDir = path.join(/* turbopackIgnore: true */ dataDir, values.INSTANCE_KIND);
  const registryKeyDir = values.REGISTRY_KEY_DIR ?? path.join(instanceDir, "keys");
  return {
    kind: values.INSTANCE_KIND,
    role: values.ROLE,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    anonymousRead: values.ANONYMOUS_READ ?? true,
    trustedProxies: values.TRUSTED_PROXIES,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? null,
    databaseReaderRole: values.DATABASE_READER_ROLE ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    databaseWaitSeconds: values.DATABASE_WAIT_SECONDS,
    dataDir,
    instanceDir,
    registryKeyDir,
    keySetFile: values.KEY_SET_FILE ?? path.join(registryKeyDir, "key-set.json"),
    sessionSecretFile: values.SESSION_SECRET_FILE ?? path.join(instanceDir, "secrets", "session"),
    logLevel: values.LOG_LEVEL ?? (values.INSTANCE_KIND === "production" || values.LOG_REQUESTS ? "info" : "warn"),
    logRequests: values.LOG_REQUESTS ?? false,
    metrics: values.METRICS_PORT === undefined ? null : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    drainSeconds: values.DRAIN_SECONDS,
    maxConcurrentVerifications: values.MAX_CONCURRENT_VERIFICATIONS,
    looseningDelayHours: values.LOOSENING_DELAY_HOURS,
    maxCatalogueAgeHours: values.MAX_CATALOGUE_AGE_HOURS,
    readRatePerMinute: values.READ_RATE_PER_MINUTE,
    readTokenRatePerMinute: values.READ_TOKEN_RATE_PER_MINUTE,
    apiRatePerMinute: values.API_RATE_PER_MINUTE,
    apiTokenRatePerMinute: values.API_TOKEN_RATE_PER_MINUTE,
    readAddress: values.COUNTERSIGN_READ_ADDRESS ?? toReadAddress(values.HOST, values.PORT),
    readSecret: values.COUNTERSIGN_READ_SECRET ?? null,
  };
}

function toReadAddress(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `127.0.0.1:${port}`;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
