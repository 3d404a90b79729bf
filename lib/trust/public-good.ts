import seeds from "@sigstore/tuf/seeds.json" with { type: "json" };

const repository = "https://tuf-repo-cdn.sigstore.dev";
const target = "trusted_root.json";

/** Issuers whose identities the public-good certificate authority checks itself, spelled as in its certificates. */
const issuers = [
  "https://token.actions.githubusercontent.com",
  "https://gitlab.com",
  "https://accounts.google.com",
  "https://github.com/login/oauth",
  "https://login.microsoftonline.com",
];

/**
 * Sigstore's public-good trust root as shipped with its own client library, whose integrity the lockfile holds: no
 * network is needed, and a newer root comes with a newer release.
 * @throws Error when the library no longer ships it
 */
export function publicGoodRoot(): { bytes: Uint8Array; issuers: readonly string[] } {
  const targets: Record<string, string> = seeds[repository].targets;
  const encoded = targets[target];
  if (encoded === undefined) throw new Error("the Sigstore client library ships no trusted root");
  return { bytes: Buffer.from(encoded, "base64"), issuers };
}
