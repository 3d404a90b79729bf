import type { JsonPath } from "#lib/core/json-pointer.ts";
import { isJsonObject, type JsonObject, readList, readObject, readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";
import { findAddressFault } from "#lib/manifest/rules/address.ts";
import { checkArguments } from "#lib/manifest/rules/arguments.ts";
import { checkKeyValueInputs } from "#lib/manifest/rules/inputs.ts";
import type { SchemaDate } from "#lib/manifest/rules/schema-date.ts";
import { checkPackageTransport } from "#lib/manifest/rules/transports.ts";
import { checkVersion } from "#lib/manifest/rules/version.ts";

const maxPackages = 100;
const registryTypes = ["npm", "pypi", "nuget", "oci", "mcpb"];
const known = [
  "registryType",
  "registryBaseUrl",
  "identifier",
  "version",
  "fileSha256",
  "runtimeHint",
  "transport",
  "runtimeArguments",
  "packageArguments",
  "environmentVariables",
];

/** Everything that is installed and run on the reader's machine. */
export function checkPackages(report: Report, value: unknown, date: SchemaDate | null): void {
  readList(report, ["packages"], value, maxPackages, (path, item) => {
    const required = ["registryType", "identifier", "transport"];
    const entry = readObject(report, path, item, { known, required });
    if (!entry) return;
    checkSource(report, path, entry, date);
    checkKeyValueInputs(report, [...path, "environmentVariables"], entry.environmentVariables);
    checkArguments(report, [...path, "runtimeArguments"], entry.runtimeArguments);
    checkArguments(report, [...path, "packageArguments"], entry.packageArguments);
    checkPackageTransport(report, [...path, "transport"], entry.transport, listVariables(entry));
    const hint = readText(report, [...path, "runtimeHint"], entry.runtimeHint, { maxLength: 255 });
    if (hint === undefined && Array.isArray(entry.runtimeArguments) && entry.runtimeArguments.length > 0) {
      report([...path, "runtimeHint"], "runtime-hint-missing", "should be given with runtimeArguments", "warning");
    }
  });
}

function checkSource(report: Report, path: JsonPath, entry: JsonObject, date: SchemaDate | null): void {
  const type = readText(report, [...path, "registryType"], entry.registryType, { minLength: 1, maxLength: 64 });
  const identifier = readText(report, [...path, "identifier"], entry.identifier, { minLength: 1, maxLength: 1024 });
  if (identifier && /\s/.test(identifier)) {
    report([...path, "identifier"], "package-name-has-spaces", `package name has spaces: ${quote(identifier)}`);
  }
  checkVersion(report, [...path, "version"], entry.version);
  readText(report, [...path, "fileSha256"], entry.fileSha256, { pattern: /^[a-f0-9]{64}$/ });
  checkBaseUrl(report, [...path, "registryBaseUrl"], entry.registryBaseUrl);
  if (type !== undefined && !registryTypes.includes(type)) {
    const message = `${quote(type)} is not one of ${registryTypes.join(", ")}`;
    report([...path, "registryType"], "unknown-registry-type", message, "warning");
  }
  if (type === "mcpb") checkMcpb(report, path, entry, identifier);
  else checkPackageVersion(report, path, entry, type, date);
}

/** An mcpb file is named by its address; nothing but its hash says what it is. */
function checkMcpb(report: Report, path: JsonPath, entry: JsonObject, identifier: string | undefined): void {
  if (entry.fileSha256 === undefined) {
    report([...path, "fileSha256"], "mcpb-file-hash-required", "is required for an mcpb package");
  }
  if (identifier !== undefined && findAddressFault(identifier) !== null) {
    report([...path, "identifier"], "mcpb-identifier-not-https", `must be an https URL: ${quote(identifier)}`);
  }
}

function checkPackageVersion(
  report: Report,
  path: JsonPath,
  entry: JsonObject,
  type: string | undefined,
  date: SchemaDate | null,
): void {
  const at = [...path, "version"];
  if (type === "oci") {
    const inIdentifier = date === null || date >= "2025-10-11";
    if (inIdentifier && entry.version !== undefined) {
      report(at, "oci-version-not-in-identifier", "belongs into the identifier (name:tag@sha256:…)", "warning");
    }
    return;
  }
  if (entry.version !== undefined) return;
  if (date !== null && date < "2025-10-11") report(at, "schema-field-required", `is required in schema ${date}`);
  else report(at, "package-version-missing", "without a version clients take whatever is newest", "warning");
}

function checkBaseUrl(report: Report, path: JsonPath, value: unknown): void {
  const url = readText(report, path, value);
  if (url !== undefined && findAddressFault(url) !== null) {
    report(path, "invalid-registry-base-url", `must be an https URL: ${quote(url)}`);
  }
}

/** Names that may stand in braces in the transport's URL. */
function listVariables(entry: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const key of ["environmentVariables", "runtimeArguments", "packageArguments"]) {
    const list = entry[key];
    for (const item of Array.isArray(list) ? list : []) {
      if (!isJsonObject(item)) continue;
      for (const name of [item.name, item.valueHint]) if (typeof name === "string" && name !== "") names.add(name);
    }
  }
  return names;
}
