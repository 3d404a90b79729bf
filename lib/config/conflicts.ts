import { isLoopback } from "#lib/config/loopback.ts";
import type { SettingName, SettingValues } from "#lib/config/settings.ts";

type Values = Partial<SettingValues>;

/**
 * What is wrong with settings taken together.
 * @param problems found so far, each beginning with a setting's name: such a setting is not judged again.
 */
export function findConflicts(values: Values, problems: readonly string[]): string[] {
  const isSound = (name: SettingName) => !problems.some((problem) => problem.startsWith(`${name} `));
  return [
    ...findExposure(values, isSound),
    ...findPlainHttp(values),
    ...findDatabaseConflicts(values, isSound),
    ...findRoleConflicts(values, isSound),
    ...findPortConflict(values),
  ];
}

type IsSound = (name: SettingName) => boolean;

function findExposure({ HOST, PUBLIC_URL, ANONYMOUS_READ }: Values, isSound: IsSound): string[] {
  if (HOST === undefined || isLoopback(HOST)) return [];
  const found: string[] = [];
  if (PUBLIC_URL === undefined && isSound("PUBLIC_URL")) {
    found.push(
      `PUBLIC_URL is required because HOST ${HOST} is reachable from other machines: set it to the address people use, such as https://registry.example.com.`,
    );
  }
  if (ANONYMOUS_READ === undefined && isSound("ANONYMOUS_READ")) {
    found.push(
      `ANONYMOUS_READ is required because HOST ${HOST} is reachable from other machines: set it to true if anyone who can reach it may read approved servers, else to false.`,
    );
  }
  return found;
}

function findPlainHttp({ PUBLIC_URL }: Values): string[] {
  const url = PUBLIC_URL ? new URL(PUBLIC_URL) : null;
  if (url?.protocol !== "http:" || isLoopback(url.hostname)) return [];
  return [
    `PUBLIC_URL must be https beyond this machine, because passwords travel over it: put a TLS proxy in front and name its https address (it is ${JSON.stringify(url.origin)}).`,
  ];
}

function findDatabaseConflicts(values: Values, isSound: IsSound): string[] {
  if (values.DATABASE_URL || !isSound("DATABASE_URL")) return [];
  if (values.DATABASE_OWNER_URL) {
    return ["DATABASE_URL is required with DATABASE_OWNER_URL: set it to the address for the application role."];
  }
  if ((values.ROLE ?? "all") === "all") return [];
  return [
    `DATABASE_URL is required with ROLE ${values.ROLE}: processes of several roles share one supplied database, and only ROLE all brings its own.`,
  ];
}

/** Settings that give a role more than it needs are refused, so that nobody hands them out by habit. */
function findRoleConflicts(values: Values, isSound: IsSound): string[] {
  const role = values.ROLE ?? "all";
  if (role === "all") return [];
  const found: string[] = [];
  if (values.INSTANCE_KIND === "demo" && isSound("INSTANCE_KIND")) {
    found.push(`ROLE must be all in a demo, whose trust services live in one process (it is ${role}).`);
  }
  if (role === "web") return found;
  for (const name of [
    "DATABASE_OWNER_URL",
    "DATABASE_READER_ROLE",
    "REGISTRY_KEY_DIR",
    "SESSION_SECRET_FILE",
  ] as const) {
    if (values[name] === undefined) continue;
    found.push(`${name} must not be set with ROLE ${role}: it is for the processes that ${toPurpose(name)}.`);
  }
  return found;
}

function toPurpose(name: SettingName): string {
  if (name === "REGISTRY_KEY_DIR") return "countersign (public keys are in KEY_SET_FILE)";
  return name === "SESSION_SECRET_FILE" ? "sign people in" : "migrate the database";
}

function findPortConflict({ PORT, METRICS_PORT }: Values): string[] {
  if (METRICS_PORT === undefined || METRICS_PORT !== PORT) return [];
  return [`METRICS_PORT must be another port than PORT, which other people can reach (both are ${PORT}).`];
}
