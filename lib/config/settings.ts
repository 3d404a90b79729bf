import { availableParallelism } from "node:os";
import path from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** One setting: its parser from text, what it must look like (said when it does not), and whether its value is secret. */
type Setting<T> = { schema: z.ZodType<T, string | undefined>; must: string; secret?: boolean };

const text = z.string().trim().min(1);

function wholeNumber(min: number, max: number, standard: number) {
  const schema = z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((n) => n >= min && n <= max)
    .optional()
    .transform((n) => n ?? standard);
  return { schema, must: `must be a whole number from ${min} to ${max}; leave it out for ${standard}` };
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T, standard: T[number]) {
  const schema = z
    .enum(values)
    .optional()
    .transform((value) => value ?? standard);
  return { schema, must: `must be one of ${values.join(", ")}; leave it out for ${standard}` };
}

const port = {
  schema: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((n) => n >= 1 && n <= 65_535)
    .optional(),
  must: "must be a whole number from 1 to 65535",
};

const folder = { schema: text.transform((p) => path.resolve(p)).optional(), must: "must be a path" };

const postgresUrl = {
  schema: text.refine((value) => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? "")).optional(),
  must: "must be a postgresql:// address, such as postgresql://user:password@host:5432/countersign",
  secret: true,
};

const publicUrl = {
  schema: text
    .transform(toOrigin)
    .refine((url) => url !== null)
    .optional(),
  must: "must be an http or https address without path, such as https://registry.example.com",
};

function toOrigin(value: string): string | null {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return url.pathname === "/" && !url.search && !url.hash && !value.includes("#") ? url.origin : null;
}

const addressRanges = {
  schema: z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((parts) => parts.every(isRange))
    .optional()
    .transform((parts) => parts ?? []),
  must: "must be a comma-separated list of addresses or CIDR ranges, such as 10.0.0.0/8, 192.168.1.5",
};

function isRange(part: string): boolean {
  return part.includes("/") ? ipaddr.isValidCIDR(part) : ipaddr.isValid(part);
}

const listenAddress = {
  schema: text
    .refine((host) => host === "localhost" || ipaddr.isValid(host))
    .optional()
    .transform((host) => host ?? "127.0.0.1"),
  must: "must be localhost or an IP address, such as 127.0.0.1 or 0.0.0.0",
};

const yesOrNo = {
  schema: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  must: "must be true or false",
};

/** Every setting read from the environment. `docs/operate.md` explains each. */
export const settings = {
  INSTANCE_KIND: oneOf(["production", "demo", "test"], "production"),
  ROLE: oneOf(["all", "web", "resolver", "worker"], "all"),
  HOST: listenAddress,
  PORT: wholeNumber(1, 65_535, 3000),
  PUBLIC_URL: publicUrl,
  ANONYMOUS_READ: yesOrNo,
  TRUSTED_PROXIES: addressRanges,
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: postgresUrl,
  DATABASE_READER_ROLE: {
    schema: text.regex(/^[a-z_][a-z0-9_]{0,62}$/).optional(),
    must: "must be the name of a role: small letters, digits and _, at most 63",
  },
  DATABASE_POOL_SIZE: wholeNumber(2, 200, 10),
  DATABASE_WAIT_SECONDS: wholeNumber(0, 3600, 60),
  DATA_DIR: folder,
  REGISTRY_KEY_DIR: folder,
  KEY_SET_FILE: folder,
  SESSION_SECRET_FILE: folder,
  LOG_LEVEL: {
    schema: z.enum(["debug", "info", "warn", "error"]).optional(),
    must: "must be one of debug, info, warn, error; leave it out for info (warn in a demo)",
  },
  LOG_REQUESTS: yesOrNo,
  METRICS_HOST: listenAddress,
  METRICS_PORT: port,
  DRAIN_SECONDS: wholeNumber(0, 300, 0),
  /** More than one caller's share, or one could keep all others waiting. */
  MAX_CONCURRENT_VERIFICATIONS: wholeNumber(1, 256, Math.max(4, availableParallelism())),
  LOOSENING_DELAY_HOURS: wholeNumber(0, 720, 24),
  MAX_CATALOGUE_AGE_HOURS: wholeNumber(1, 720, 24),
  READ_RATE_PER_MINUTE: wholeNumber(0, 10_000_000, 6_000),
  READ_TOKEN_RATE_PER_MINUTE: wholeNumber(0, 10_000_000, 12_000),
  API_RATE_PER_MINUTE: wholeNumber(0, 10_000_000, 1_200),
  API_TOKEN_RATE_PER_MINUTE: wholeNumber(0, 10_000_000, 2_400),
  /** The last two are set by the server for its page process. */
  COUNTERSIGN_READ_SECRET: { schema: text.min(32).optional(), must: "must have at least 32 characters", secret: true },
  COUNTERSIGN_READ_ADDRESS: { schema: text.regex(/:\d{1,5}$/).optional(), must: "must be host:port" },
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
export type SettingValues = { [N in SettingName]: z.output<(typeof settings)[N]["schema"]> };
