import { maxManifestBytes } from "#lib/core/identifiers.ts";
import { parseStrictJson } from "#lib/core/strict-json.ts";
import { toManifestView } from "#lib/manifest/to-view.ts";
import { isMap } from "#lib/manifest/validate.ts";
import type { ManifestView } from "#lib/manifest/view.ts";

/**
 * The view of a manifest that was accepted once. Strict JSON is asked again, the rules are not: they may have become
 * stricter since.
 * @throws StrictJsonError
 */
export function readManifest(bytes: Uint8Array): ManifestView {
  return toManifestView(parseStrictJson(bytes, { what: "manifest", maxBytes: maxManifestBytes, isMap }));
}
