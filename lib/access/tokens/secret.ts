import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { sha256Hex } from "#lib/core/digest.ts";

/** `cst`: an API token. `css`: an API session, which is a signed-in person. `csc`: part of a capability channel's address. */
export type SecretPrefix = "cst" | "css" | "csc";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43; // 32 bytes in base 62
const checksumLength = 6; // 32 bits in base 62
const form = /^(cst|css|csc)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/**
 * A new secret: prefix, 256 random bits, and a CRC-32 by which scanners and we tell a real one from a look-alike.
 * Letters and digits only, so that a double click selects all of it.
 */
export function mintSecret(prefix: SecretPrefix): { secret: string; hash: string } {
  const body = toBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), bodyLength);
  const secret = `${prefix}_${body}${checksum(body)}`;
  return { secret, hash: hashSecret(secret) };
}

/** @returns the kind of secret, or null for anything that is not one: such text is never looked up. */
export function readSecret(text: string): SecretPrefix | null {
  const match = form.exec(text);
  if (!match?.[2] || checksum(match[2]) !== match[3]) return null;
  return match[1] as SecretPrefix;
}

/** Plain SHA-256 is enough for 256 random bits. */
export function hashSecret(secret: string): string {
  return sha256Hex(secret);
}

/** What of a secret is kept for people to recognise it by. */
export function toShownPrefix(secret: string): string {
  return secret.slice(0, 10);
}

function checksum(body: string): string {
  return toBase62(BigInt(crc32(body)), checksumLength);
}

function toBase62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = alphabet[Number(rest % 62n)] + text;
  return text.padStart(length, "0");
}
