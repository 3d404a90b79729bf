import { z } from "zod";

/** https anywhere, http to this machine alone. */
const serviceUrl = z.url().max(2048).refine(isSafeAddress, "must be https, or http on loopback");

/** Where to get a short-lived certificate, a log entry and a timestamp, and for whom the identity token must be. */
export const SigningConfiguration = z
  .strictObject({
    /** `aud` the certificate authority takes. `sigstore` belongs to the public-good instance. */
    audience: z.string().min(1).max(255),
    certificateAuthority: serviceUrl,
    transparencyLog: z.strictObject({ url: serviceUrl, version: z.literal([1, 2]) }).nullable(),
    timestampAuthority: serviceUrl.nullable(),
  })
  .refine(hasTime, "a log of version 1 or a timestamp authority is needed, or the signature bears no time");
export type SigningConfiguration = z.infer<typeof SigningConfiguration>;

const publicGoodAudience = "sigstore";

/** The public-good instance, built in: never taken from a registry. */
export const publicGoodSigning: SigningConfiguration = Object.freeze({
  audience: publicGoodAudience,
  certificateAuthority: "https://fulcio.sigstore.dev",
  transparencyLog: { url: "https://rekor.sigstore.dev", version: 1 as const },
  timestampAuthority: "https://timestamp.sigstore.dev/api/v1/timestamp",
});

export function isPublicGood(configuration: SigningConfiguration): boolean {
  return configuration.certificateAuthority === publicGoodSigning.certificateAuthority;
}

function isSafeAddress(text: string): boolean {
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  const loopback = hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  return protocol === "https:" || (protocol === "http:" && loopback);
}

function hasTime({
  transparencyLog,
  timestampAuthority,
}: {
  transparencyLog: { version: number } | null;
  timestampAuthority: string | null;
}) {
  return transparencyLog?.version === 1 || timestampAuthority !== null;
}
