import { getInstanceSecret } from "#lib/access/instance-secret.ts";
import { seal, unseal } from "#lib/access/seal.ts";

/** Bound to the person: a database writer cannot move a secret from one row to another. */
export function sealTotpSecret(secret: string, personId: string): string {
  return seal(secret, getInstanceSecret(), `totp:${personId}`);
}

/** @throws Error when the stored value was made with another instance secret or for another person. */
export function openTotpSecret(sealed: string, personId: string): string {
  return unseal(sealed, getInstanceSecret(), `totp:${personId}`);
}
