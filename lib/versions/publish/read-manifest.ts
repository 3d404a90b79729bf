import { DomainError, type FieldProblem } from "#lib/core/errors.ts";
import { validateManifest } from "#lib/manifest/index.ts";
import type { ManifestView, ValidationIssue } from "#lib/manifest/view.ts";

export type AcceptedManifest = { manifest: ManifestView; issues: ValidationIssue[] };

/**
 * The manifest when nothing in it is an error; warnings go along.
 * @throws DomainError `manifest-invalid` with every problem at its JSON pointer.
 */
export function readAcceptableManifest(bytes: Uint8Array): AcceptedManifest {
  const { manifest, issues } = validateManifest(bytes);
  if (manifest) return { manifest, issues };
  const errors = issues.filter((issue) => issue.severity === "error");
  const fields: FieldProblem[] = errors.map(({ pointer, message, code }) => ({ pointer, detail: message, code }));
  const count = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
  throw new DomainError("manifest-invalid", `The manifest has ${count}.`, { fields, extensions: { issues } });
}
