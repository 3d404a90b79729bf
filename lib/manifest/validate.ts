import { maxManifestBytes } from "#lib/core/identifiers.ts";
import type { JsonPath } from "#lib/core/json-pointer.ts";
import { inspectJson } from "#lib/core/strict-json.ts";
import { readList, readObject } from "#lib/manifest/fields.ts";
import { collectIssues, type Report } from "#lib/manifest/report.ts";
import { checkAbout } from "#lib/manifest/rules/about.ts";
import { checkCharacters } from "#lib/manifest/rules/characters.ts";
import { checkMeta } from "#lib/manifest/rules/meta.ts";
import { checkName } from "#lib/manifest/rules/name.ts";
import { checkPackages } from "#lib/manifest/rules/packages.ts";
import { checkRepository } from "#lib/manifest/rules/repository.ts";
import { checkSchemaDate } from "#lib/manifest/rules/schema-date.ts";
import { checkRemote } from "#lib/manifest/rules/transports.ts";
import { checkVersion } from "#lib/manifest/rules/version.ts";
import { toManifestView } from "#lib/manifest/to-view.ts";
import type { ManifestView, ValidationIssue } from "#lib/manifest/view.ts";

const maxRemotes = 100;
const known = [
  "$schema",
  "name",
  "title",
  "description",
  "version",
  "repository",
  "websiteUrl",
  "icons",
  "packages",
  "remotes",
  "_meta",
];

/**
 * Says everything the registry would say about a manifest, at once: strict JSON, the official schema and semantic
 * rules (as of 2025-12-11, older dates with a warning), and our own. Pure.
 * Not checked: anything outside the document, such as whether a package exists or who owns the name.
 * @param bytes the exact bytes to be published.
 * @returns `manifest` is null as soon as one issue is an error.
 */
export function validateManifest(bytes: Uint8Array): { manifest: ManifestView | null; issues: ValidationIssue[] } {
  const { issues, report } = collectIssues();
  const { value, problems } = inspectJson(bytes, { what: "manifest", maxBytes: maxManifestBytes, isMap });
  for (const problem of problems) {
    issues.push({ code: `json-${problem.code}`, severity: "error", pointer: problem.pointer, message: problem.detail });
  }
  if (value !== undefined) checkDocument(report, value);
  const refused = issues.some((issue) => issue.severity === "error");
  return { manifest: refused ? null : toManifestView(value), issues };
}

/** Objects whose keys are data: variables, and everything the publisher put under `_meta`. */
export function isMap(path: JsonPath): boolean {
  return path[0] === "_meta" || path.at(-1) === "variables";
}

function checkDocument(report: Report, value: unknown): void {
  const required = ["$schema", "name", "description", "version"];
  const manifest = readObject(report, [], value, { known, required });
  if (!manifest) return;
  const date = checkSchemaDate(report, manifest.$schema);
  checkName(report, manifest.name);
  checkVersion(report, ["version"], manifest.version);
  checkAbout(report, manifest);
  checkRepository(report, manifest.repository);
  checkPackages(report, manifest.packages, date);
  readList(report, ["remotes"], manifest.remotes, maxRemotes, (path, item) => checkRemote(report, path, item));
  checkMeta(report, manifest._meta);
  checkCharacters(report, manifest);
}
