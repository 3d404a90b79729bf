import { z } from "zod";
import * as shapes from "#lib/api-docs/shapes/index.ts";
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
  describe: {
    id: "publishVersion",
    summary: "Publishes a signed version, which then waits for review",
    person: ["publisher", "owner"],
    token: ["publish"],
    answers: { 200: shapes.Published, 201: shapes.Published },
    problems: [
      "not-found",
      "manifest-invalid",
      "signature-rejected",
      "publisher-not-allowed",
      "unpinned-refused",
      "pending-limit",
      "name-taken",
      "version-exists",
      "verification-busy",
    ],
  },
});
