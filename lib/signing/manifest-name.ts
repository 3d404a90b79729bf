import { maxManifestBytes } from "#lib/core/identifiers.ts";
import { quote } from "#lib/signing/quote.ts";
import { readJson } from "#lib/signing/read-json.ts";
import { refuse } from "#lib/signing/refusal.ts";

export type NameAndVersion = { name: string; version: string };

/** Name and version the manifest gives itself. Nothing else of it is read here: see lib/manifest. @throws Refusal */
export function readManifestName(bytes: Uint8Array): { name: unknown; version: unknown } {
  const isMap = (path: readonly unknown[]) => path.length > 0;
  const limits = { what: "manifest", maxBytes: maxManifestBytes, isMap };
  const json = readJson(bytes, limits, { tooLarge: "manifest-too-large", malformed: "manifest-json" });
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return refuse("manifest-json", "json", "the manifest is no JSON object");
  }
  return { name: "name" in json ? json.name : undefined, version: "version" in json ? json.version : undefined };
}

/** Manifest, statement and request must all name the same version of the same server. @throws Refusal */
export function assertSameName(
  where: string,
  actual: { name: unknown; version: unknown },
  expected: NameAndVersion,
): void {
  if (actual.name !== expected.name) {
    refuse("name-mismatch", "name", `${where} names ${quote(actual.name)}, expected ${quote(expected.name)}`);
  }
  if (actual.version !== expected.version) {
    refuse(
      "version-mismatch",
      "name",
      `${where} has version ${quote(actual.version)}, expected ${quote(expected.version)}`,
    );
  }
}
