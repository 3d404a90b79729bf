import { Secret, TOTP } from "otpauth";

const periodSeconds = 30;
const shape = { algorithm: "SHA1", digits: 6, period: periodSeconds } as const; // what every authenticator app supports

/** 160 random bits in base 32. */
export function mintTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** `otpauth://` address for an authenticator app. */
export function toTotpUri(secret: string, email: string, issuer: string): string {
  return new TOTP({ ...shape, issuer, label: email, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The time step a code belongs to: the present one or a neighbour, as clocks differ.
 * @returns null for a wrong code.
 */
export function findTotpStep(secret: string, code: string, now: Date): bigint | null {
  const token = code.replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const totp = new TOTP({ ...shape, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : BigInt(Math.floor(now.getTime() / 1000 / periodSeconds) + delta);
}
