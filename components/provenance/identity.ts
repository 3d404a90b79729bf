import type { VerifiedIdentity } from "#lib/signing/view.ts";

/** What kind of thing signed, in two or three words. */
export function identityKind(identity: VerifiedIdentity): string {
  switch (identity.kind) {
    case "key":
      return "Managed key";
    case "github-actions":
      return "GitHub Actions workflow";
    case "email":
      return "E-mail identity";
    case "uri":
      return "URI identity";
  }
}

/** The shortest text that tells one signer from another. Still the signer's text: show it escaped. */
export function identityName(identity: VerifiedIdentity): string {
  switch (identity.kind) {
    case "key":
      return identity.label;
    case "github-actions":
      return identity.repository.replace("https://github.com/", "");
    case "email":
      return identity.email;
    case "uri":
      return identity.uri;
  }
}
