import { PUBLISHER_META_KEY } from "#lib/core/identifiers.ts";
import { toPointer } from "#lib/core/json-pointer.ts";
import { isJsonObject, type JsonObject } from "#lib/manifest/fields.ts";
import { hostOf, toHttpsLink } from "#lib/manifest/rules/address.ts";
import type {
  ArgumentView,
  ClaimView,
  InputView,
  ManifestView,
  PackageView,
  RemoteView,
  TransportView,
} from "#lib/manifest/view.ts";

const maxClaims = 200;

/**
 * What people are shown of a parsed manifest. Total: whatever is missing or of another type is shown as absent, so
 * that a document accepted under older rules can still be read. Proves nothing about the document.
 */
export function toManifestView(value: unknown): ManifestView {
  const manifest = isJsonObject(value) ? value : {};
  return {
    schema: text(manifest.$schema) ?? "",
    name: text(manifest.name) ?? "",
    version: text(manifest.version) ?? "",
    title: text(manifest.title),
    description: text(manifest.description) ?? "",
    websiteUrl: toHttpsLink(text(manifest.websiteUrl) ?? ""),
    repository: toRepository(manifest.repository),
    packages: objects(manifest.packages).map(toPackage),
    remotes: objects(manifest.remotes).map(toRemote),
    icons: objects(manifest.icons).flatMap((icon) => text(icon.src) ?? []),
    claims: listClaims(manifest._meta),
  };
}

function toRepository(value: unknown): ManifestView["repository"] {
  if (!isJsonObject(value)) return null;
  const url = text(value.url);
  return url ? { url, source: text(value.source) ?? "", subfolder: text(value.subfolder) } : null;
}

function toPackage(entry: JsonObject): PackageView {
  return {
    registryType: text(entry.registryType) ?? "",
    identifier: text(entry.identifier) ?? "",
    version: text(entry.version),
    registryBaseUrl: text(entry.registryBaseUrl),
    fileSha256: text(entry.fileSha256),
    runtimeHint: text(entry.runtimeHint),
    transport: toTransport(isJsonObject(entry.transport) ? entry.transport : {}),
    runtimeArguments: objects(entry.runtimeArguments).map(toArgument),
    packageArguments: objects(entry.packageArguments).map(toArgument),
    environment: objects(entry.environmentVariables).map((input) => toInput(input)),
  };
}

function toTransport(entry: JsonObject): TransportView {
  const headers = objects(entry.headers).map((input) => toInput(input));
  return { type: text(entry.type) ?? "", url: text(entry.url), headers };
}

function toRemote(entry: JsonObject): RemoteView {
  const transport = toTransport(entry);
  return { ...transport, host: hostOf(transport.url ?? ""), variables: toVariables(entry.variables) };
}

function toArgument(entry: JsonObject): ArgumentView {
  const type = entry.type === "named" ? "named" : "positional";
  return { ...toInput(entry), type, valueHint: text(entry.valueHint), repeated: entry.isRepeated === true };
}

function toInput(entry: JsonObject, name = text(entry.name) ?? text(entry.valueHint) ?? ""): InputView {
  return {
    name,
    description: text(entry.description),
    required: entry.isRequired === true,
    secret: entry.isSecret === true,
    format: text(entry.format),
    value: text(entry.value),
    default: text(entry.default),
    placeholder: text(entry.placeholder),
    choices: Array.isArray(entry.choices) ? entry.choices.filter((choice) => typeof choice === "string") : [],
    variables: toVariables(entry.variables),
  };
}

function toVariables(value: unknown): InputView[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    return isJsonObject(entry) ? [{ ...toInput(entry, name), variables: [] }] : [];
  });
}

/** Leaves of the publisher's `_meta`: clients show some of them (stars, display name, provenance) as if true. */
function listClaims(meta: unknown): ClaimView[] {
  const claims: ClaimView[] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (claims.length >= maxClaims) return;
    if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
      const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
      for (const [key, item] of entries) walk(item, [...path, key]);
      return;
    }
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    claims.push({ pointer: toPointer(["_meta", PUBLISHER_META_KEY, ...path]), name: path.join("."), value: shown });
  };
  const given = isJsonObject(meta) ? meta[PUBLISHER_META_KEY] : undefined;
  if (isJsonObject(given)) for (const [key, item] of Object.entries(given)) walk(item, [key]);
  return claims;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
