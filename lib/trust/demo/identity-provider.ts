import { decodeJwt, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { type DemoClaims, toSubject } from "#lib/trust/demo/claims.ts";
import { openKey } from "#lib/trust/demo/key-file.ts";

/** Issuer of the demo's tokens: a name, not an address. The demo's trust root may speak for nobody else. */
export const demoIssuer = "https://demo-issuer.countersign.invalid";
/** Never `sigstore`: a token for the demo is worthless at the public-good instance, and the other way round. */
export const demoAudience = "countersign-demo";

const algorithm = "ES256";
const lifetimeSeconds = 600;

export type MintOptions = { issuer?: string; audience?: string; now?: Date };

/**
 * An identity token of the demo, made by reading the key file: whoever cannot read that file cannot have one, and no
 * address hands them out.
 */
export async function mintDemoToken(dir: string, claims: DemoClaims, options: MintOptions = {}): Promise<string> {
  const issuedAt = Math.floor((options.now ?? new Date()).getTime() / 1000);
  const payload = "email" in claims ? { ...claims, email_verified: true } : { ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: algorithm, kid: "demo" })
    .setIssuer(options.issuer ?? demoIssuer)
    .setAudience(options.audience ?? demoAudience)
    .setSubject(toSubject(claims))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(openKey(dir, "identity-provider").privateKey);
}

/** @throws Error when the token is not one of ours, for us, now and from an issuer in the list. */
export async function verifyDemoToken(
  dir: string,
  token: string,
  at: { issuers: readonly string[]; now: Date },
): Promise<{ issuer: string; subject: string; claims: JWTPayload }> {
  const issuer = decodeJwt(token).iss ?? "";
  if (!at.issuers.includes(issuer)) throw new Error("issuer not allowed");
  const { payload } = await jwtVerify(token, openKey(dir, "identity-provider").publicKey, {
    issuer,
    audience: demoAudience,
    algorithms: [algorithm],
    currentDate: at.now,
  });
  if (payload.email !== undefined && payload.email_verified !== true) throw new Error("e-mail not verified");
  return { issuer, subject: String(payload.email ?? payload.sub), claims: payload };
}
