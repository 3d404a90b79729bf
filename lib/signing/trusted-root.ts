import { TrustedRoot } from "@sigstore/protobuf-specs";
import { z } from "zod";
import { parseStrictJson } from "#lib/core/strict-json.ts";
import type { TrustThresholds } from "#lib/signing/upload.ts";

const maxTrustedRootBytes = 1024 * 1024;

const validFor = z.object({
  start: z.iso.datetime({ offset: true }),
  end: z.iso.datetime({ offset: true }).optional(),
});
const certificates = (min: number) =>
  z.object({ certificates: z.array(z.object({ rawBytes: z.base64().min(1) })).min(min) });

const log = z.object({
  baseUrl: z.url(),
  logId: z.object({ keyId: z.base64().min(1) }),
  publicKey: z.object({ rawBytes: z.base64().min(1), keyDetails: z.string(), validFor }),
});

/**
 * What the library takes for granted in a trusted_root.json. Without `validFor.start` it trusts a log or authority for
 * ever; a timestamp authority without its root never verifies.
 */
const Lint = z.object({
  mediaType: z.string().regex(/^application\/vnd\.dev\.sigstore\.trustedroot/),
  tlogs: z.array(log).default([]),
  ctlogs: z.array(log).default([]),
  certificateAuthorities: z.array(z.object({ certChain: certificates(1), validFor })).default([]),
  timestampAuthorities: z.array(z.object({ certChain: certificates(2), validFor })).default([]),
});

/**
 * Reads trust material strictly and refuses what would make the library fail open. Does not check that the keys and
 * certificates in it are good: whoever adds a root vouches for it.
 * @throws Error (StrictJsonError or ZodError) when it must not be used.
 */
export function readTrustedRoot(bytes: Uint8Array): TrustedRoot {
  const json = parseStrictJson(bytes, { what: "trusted root", maxBytes: maxTrustedRootBytes });
  Lint.parse(json);
  return TrustedRoot.fromJSON(json);
}

/** No log, no authority: for a managed key alone. */
export function emptyTrustedRoot(): TrustedRoot {
  return TrustedRoot.fromJSON({ mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1" });
}

/** One witness of every kind the root has, and a verified time always: the rule where nobody set another. */
export function defaultThresholds(root: TrustedRoot): TrustThresholds {
  return { tlog: root.tlogs.length > 0 ? 1 : 0, ctlog: root.ctlogs.length > 0 ? 1 : 0, timestamp: 1 };
}
