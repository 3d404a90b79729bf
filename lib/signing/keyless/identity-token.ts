import { isPublicGood, publicGoodSigning, type SigningConfiguration } from "#lib/signing/keyless/configuration.ts";

const maxTokenCharacters = 16 * 1024;

/** Why a token was not sent. Never holds the token. */
export class TokenNotSent extends Error {
  readonly code: "token-malformed" | "token-audience";
  constructor(code: TokenNotSent["code"], message: string) {
    super(message);
    this.name = "TokenNotSent";
    this.code = code;
  }
}

/**
 * Holds back an identity token that the receiver could redeem elsewhere. A token for `sigstore` signs as its owner at
 * the public-good instance, so it goes to that instance's built-in address alone, whatever a registry advertises; any
 * other certificate authority gets tokens made for its own audience, and only those.
 * The token's signature is not checked: that is the authority's part.
 * @throws TokenNotSent
 */
export function assertTokenMayBeSent(token: string, configuration: SigningConfiguration): void {
  const audiences = readAudiences(token);
  const expected = isPublicGood(configuration) ? publicGoodSigning.audience : configuration.audience;
  if (expected === publicGoodSigning.audience && !isPublicGood(configuration)) {
    throw new TokenNotSent("token-audience", "only the public-good instance may ask for tokens for sigstore");
  }
  if (audiences.length === 1 && audiences[0] === expected) return;
  throw new TokenNotSent("token-audience", `the identity token must be for audience ${expected} alone`);
}

function readAudiences(token: string): unknown[] {
  const [, payload, signature, ...rest] = token.split(".");
  if (token.length > maxTokenCharacters || payload === undefined || signature === undefined || rest.length > 0) {
    throw new TokenNotSent("token-malformed", "the identity token is no JWT");
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const audience = typeof claims === "object" && claims !== null && "aud" in claims ? claims.aud : [];
    return Array.isArray(audience) ? audience : [audience];
  } catch {
    throw new TokenNotSent("token-malformed", "the identity token is no JWT");
  }
}
