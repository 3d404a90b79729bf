import { hash } from "node:crypto";

/** `sha256:` followed by 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

/** Lower-case hex SHA-256 of exactly these bytes. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash("sha256", bytes, "hex");
}

/** Digest of exactly these bytes, never of a parsed or re-encoded form of them. */
export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${sha256Hex(bytes)}`;
}

export function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
