import { z } from "zod";
import { digest, maybeText, shapeOf, text } from "#lib/api-docs/shapes/shape-of.ts";
import type * as manifest from "#lib/manifest/view.ts";

export const ValidationIssue = shapeOf<manifest.ValidationIssue>()(
  z.strictObject({
    code: text,
    severity: z.enum(["error", "warning", "info"]),
    pointer: text.describe("RFC 6901, into the manifest."),
    message: text,
  }),
);
export const Pin = shapeOf<manifest.Pin>()(
  z.strictObject({
    package: z.int().min(0).describe("Index in `packages`."),
    registryType: text,
    identifier: text,
    version: maybeText,
    status: z.enum(["pinned", "unpinned"]),
    digest: digest.nullable(),
    reason: text,
  }),
);

const input = {
  name: text,
  description: maybeText,
  required: z.boolean(),
  secret: z.boolean(),
  format: maybeText,
  value: maybeText,
  default: maybeText,
  placeholder: maybeText,
  choices: z.array(text),
};
export const Input: z.ZodType<manifest.InputView> = z.strictObject({
  ...input,
  get variables() {
    return z.array(Input);
  },
});
const variables = z.array(Input);
export const Argument = shapeOf<manifest.ArgumentView>()(
  z.strictObject({
    ...input,
    variables,
    type: z.enum(["positional", "named"]),
    valueHint: maybeText,
    repeated: z.boolean(),
  }),
);

const transport = { type: text, url: maybeText, headers: z.array(Input) };
export const Package = shapeOf<manifest.PackageView>()(
  z.strictObject({
    registryType: text,
    identifier: text,
    version: maybeText,
    registryBaseUrl: maybeText,
    fileSha256: maybeText,
    runtimeHint: maybeText,
    transport: z.strictObject(transport),
    runtimeArguments: z.array(Argument),
    packageArguments: z.array(Argument),
    environment: z.array(Input),
  }),
);
export const Remote = shapeOf<manifest.RemoteView>()(z.strictObject({ ...transport, host: maybeText, variables }));
export const Claim = shapeOf<manifest.ClaimView>()(z.strictObject({ pointer: text, name: text, value: text }));

export const Manifest = shapeOf<manifest.ManifestView>()(
  z
    .strictObject({
      schema: text,
      name: text,
      version: text,
      title: maybeText,
      description: text,
      websiteUrl: maybeText,
      repository: z.strictObject({ url: text, source: text, subfolder: maybeText }).nullable(),
      packages: z.array(Package),
      remotes: z.array(Remote),
      icons: z.array(text),
      claims: z.array(Claim),
    })
    .describe("The publisher's text: show it escaped, never as markup."),
);
