import { ConfigError } from "#lib/config/index.ts";

/**
 * Settings given as arguments: `--role=<role>` or `--role <role>`, which wins over ROLE.
 * @throws ConfigError for any other argument, so that no mistyped one is silently ignored.
 */
export function readArguments(argv: readonly string[]): { ROLE?: string } {
  const [first, ...rest] = argv;
  if (first === undefined) return {};
  const given = /^--role=(.*)$/s.exec(first)?.[1];
  const role = first === "--role" ? rest.shift() : given;
  if (role === undefined || rest.length > 0) {
    throw new ConfigError([`Arguments must be --role=all, web, resolver or worker (given: ${JSON.stringify(argv)}).`]);
  }
  return { ROLE: role };
}
