import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { DomainError } from "#lib/core/errors.ts";

const derive = promisify<"argon2id", Argon2Parameters, Buffer>(argon2);

/** OWASP password storage cheat sheet: Argon2id, 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const saltBytes = 16;
const maxWaiting = 64;
let waiting = 0;

/** @returns a PHC string. The text is taken in Unicode form NFC, so that it does not matter which keyboard wrote it. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const key = await bounded(() => derive("argon2id", { message: password.normalize("NFC"), nonce, ...cost }));
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${toBase64(nonce)}$${toBase64(key)}`;
}

/**
 * Compares in constant time. Without a hash it does the same work and answers false, so that the time taken does not
 * tell whether an account exists.
 * @param stored a PHC string of `hashPassword`, or null.
 * @throws DomainError `rate-limited` when too many comparisons are under way.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored === null ? null : parse(stored);
  const { nonce, key, memory, passes, parallelism } = parsed ?? { nonce: Buffer.alloc(saltBytes), key: null, ...cost };
  const message = password.normalize("NFC");
  const tagLength = key?.length ?? cost.tagLength;
  const actual = await bounded(() => derive("argon2id", { message, nonce, memory, passes, parallelism, tagLength }));
  return key !== null && timingSafeEqual(actual, key);
}

/** Each comparison holds 19 MiB: beyond a bound the caller waits outside. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= maxWaiting) {
    throw new DomainError("rate-limited", "Too many people are signing in just now.", { retryAfterSeconds: 2 });
  }
  waiting++;
  try {
    return await work();
  } finally {
    waiting--;
  }
}

function parse(stored: string) {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]{11,86})\$([\w+/]{22,86})$/.exec(
    stored,
  );
  if (!match) throw new Error("A stored password hash is not in the expected form.");
  const [memory = 0, passes = 0, parallelism = 0] = match.slice(1, 4).map(Number);
  const nonce = Buffer.from(match[4] ?? "", "base64");
  const key = Buffer.from(match[5] ?? "", "base64");
  return { memory, passes, parallelism, nonce, key };
}

function toBase64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
