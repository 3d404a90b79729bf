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
});
