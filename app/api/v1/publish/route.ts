import { z } from "zod";
import { maxBundleBytes, maxManifestBytes } from "#lib/core/identifiers.ts";
import { replyJson, route } from "#lib/http/index.ts";
import { publishVersion } from "#lib/versions/index.ts";

const part = z.instanceof(Uint8Array);
const input = z.object({
  manifest: part,
  bundle: part,
  "dry-run": z.enum(["true", "false"]).default("false"),
});

export const POST = route({
  caller: "authenticated",
  input,
  parts: { manifest: maxManifestBytes, bundle: maxBundleBytes },
  run: ({ ctx, input: { manifest, bundle, "dry-run": dryRun } }) =>
    publishVersion(ctx, { manifestBytes: manifest, bundleBytes: bundle, dryRun: dryRun === "true" }),
  reply: (view) => replyJson(view, view.created ? 201 : 200),
});
