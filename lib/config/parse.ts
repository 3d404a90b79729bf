import path from "node:path";
import { isLoopback } from "#lib/config/loopback.ts";
import { type SettingName, type SettingValues, settings } from "#lib/config/settings.ts";

/** Everything the processes of one instance agree on. All paths absolute. */
export type Config = {
  kind: "production" | "demo" | "test";
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
  /** Folder of this instance: `<DATA_DIR>/<kind>`. */
  instanceDir: string;
  dataDir: string;
  registryKeyDir: string;
  sessionSecretFile: string;
  logLevel: "debug" | "info" | "warn" | "error";
  maxConcurrentVerifications: number;
  looseningDelayHours: number;
  /** How long the read API goes on from its last catalogue while the database is away. */
  maxCatalogueAgeHours: number;
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
  checkTogether(values, problems);
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

/** What depends on more than one setting. A setting with a problem of its own is already listed: not judged again. */
function checkTogether(values: Partial<SettingValues>, problems: string[]): void {
  const failed = (name: SettingName) => problems.some((problem) => problem.startsWith(`${name} `));
  const beyond = values.HOST !== undefined && !isLoopback(values.HOST);
  if (beyond && values.PUBLIC_URL === undefined && !failed("PUBLIC_URL")) {
    problems.push(
      `PUBLIC_URL is required because HOST ${values.HOST} is reachable from other machines: set it to the address people use, such as https://registry.example.com.`,
    );
  }
  if (beyond && values.ANONYMOUS_READ === undefined && !failed("ANONYMOUS_READ")) {
    problems.push(
      `ANONYMOUS_READ is required because HOST ${values.HOST} is reachable from other machines: set it to true if anyone who can reach it may read approved servers, else to false.`,
    );
  }
  const url = values.PUBLIC_URL ? new URL(values.PUBLIC_URL) : null;
  if (url?.protocol === "http:" && !isLoopback(url.hostname)) {
    problems.push(
      `PUBLIC_URL must be https beyond this machine, because passwords travel over it: put a TLS proxy in front and name its https address (it is ${JSON.stringify(url.origin)}).`,
    );
  }
  if (values.DATABASE_OWNER_URL && !values.DATABASE_URL && !failed("DATABASE_URL")) {
    problems.push("DATABASE_URL is required with DATABASE_OWNER_URL: set it to the address for the application role.");
  }
}

function toConfig(values: SettingValues): Config {
  const dataDir = values.DATA_DIR ?? path.resolve(".countersign");
  const instanceDir = path.join(/* turbopackIgnore: true */ dataDir, values.INSTANCE_KIND);
  return {
    kind: values.INSTANCE_KIND,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    anonymousRead: values.ANONYMOUS_READ ?? true,
    trustedProxies: values.TRUSTED_PROXIES,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? null,
    dataDir,
    instanceDir,
    registryKeyDir: values.REGISTRY_KEY_DIR ?? path.join(instanceDir, "keys"),
    sessionSecretFile: values.SESSION_SECRET_FILE ?? path.join(instanceDir, "secrets", "session"),
    logLevel: values.LOG_LEVEL ?? (values.INSTANCE_KIND === "production" ? "info" : "warn"),
    maxConcurrentVerifications: values.MAX_CONCURRENT_VERIFICATIONS,
    looseningDelayHours: values.LOOSENING_DELAY_HOURS,
    maxCatalogueAgeHours: values.MAX_CATALOGUE_AGE_HOURS,
    readAddress: values.COUNTERSIGN_READ_ADDRESS ?? toReadAddress(values.HOST, values.PORT),
    readSecret: values.COUNTERSIGN_READ_SECRET ?? null,
  };
}

function toReadAddress(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `127.0.0.1:${port}`;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
