import { isServerName, isVersion } from "#lib/manifest/index.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";

/**
 * Reads `namespace/server` or `namespace/server@version`.
 * @returns version null when none is named.
 * @throws Failure when it is neither.
 */
export function readVersionArgument(text: string): { name: string; version: string | null } {
  const at = text.indexOf("@");
  const name = at === -1 ? text : text.slice(0, at);
  const version = at === -1 ? null : text.slice(at + 1);
  if (isServerName(name) && (version === null || version === "latest" || isVersion(version))) {
    return { name, version: version === "latest" ? null : version };
  }
  throw new Failure(
    EXIT.usage,
    "bad-argument",
    safe`Not a server or version: ${text} (expected namespace/server@1.0.0)`,
  );
}
