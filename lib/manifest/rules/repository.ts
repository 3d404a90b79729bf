import { readObject, readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";

const forges: Readonly<Record<string, RegExp>> = {
  github: /^https?:\/\/(www\.)?github\.com\/[\w.-]+\/[\w.-]+\/?$/,
  /** GitLab has groups within groups. */
  gitlab: /^https?:\/\/(www\.)?gitlab\.com\/[\w.-]+(\/[\w.-]+)+\/?$/,
};

/** Where the source is. An empty object is accepted with a warning: many published documents have one. */
export function checkRepository(report: Report, value: unknown): void {
  const known = ["url", "source", "id", "subfolder"];
  const repository = readObject(report, ["repository"], value, { known });
  if (!repository) return;
  if (Object.keys(repository).length === 0) {
    return report(["repository"], "repository-empty", "says nothing; leave it out", "warning");
  }
  for (const key of ["url", "source"]) {
    if (repository[key] === undefined) report(["repository", key], "schema-field-required", "is required");
  }
  readText(report, ["repository", "id"], repository.id, { maxLength: 255 });
  const source = readText(report, ["repository", "source"], repository.source);
  const url = readText(report, ["repository", "url"], repository.url);
  const form = source === undefined || !Object.hasOwn(forges, source) ? undefined : forges[source];
  if (source !== undefined && url !== undefined && !form?.test(url)) {
    report(["repository", "url"], "invalid-repository-url", `invalid repository URL for its source: ${quote(url)}`);
  }
  checkSubfolder(report, repository.subfolder);
}

function checkSubfolder(report: Report, value: unknown): void {
  const path = ["repository", "subfolder"];
  const folder = readText(report, path, value);
  if (!folder) return;
  const clean = folder.split("/").every((each) => /^[a-zA-Z0-9\-_.]+$/.test(each) && each !== "." && each !== "..");
  if (!clean) report(path, "invalid-subfolder-path", `invalid subfolder path: ${quote(folder)}`);
}
