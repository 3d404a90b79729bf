import * as shapes from "#lib/api-docs/shapes/index.ts";
import { maxBundleBytes, maxManifestBytes } from "#lib/core/identifiers.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { testRules } from "#lib/publishers/index.ts";

/** Would this upload be let in? Stores nothing. */
export const POST = route({
  caller: "authenticated",
  parts: { manifest: maxManifestBytes, bundle: maxBundleBytes },
  input: anyInput,
  run: ({ ctx, input: { namespace, manifest, bundle } }) =>
    testRules(ctx, { namespace, manifestBytes: manifest, bundleBytes: bundle }),
  describe: {
    id: "testRules",
    summary: "Would this upload be let in? Stores nothing",
    person: ["owner", "admin"],
    answers: { 200: shapes.RuleTest },
    problems: ["not-found", "manifest-invalid", "verification-busy"],
  },
});
