import canonicalize from "canonicalize";

/**
 * RFC 8785 bytes of a value we made ourselves (ledger entries, review records, policies), so that equal values have
 * equal digests. Never used on anything received: what others signed is digested as the bytes received.
 * @throws TypeError for a value JSON cannot hold.
 */
export function canonicalBytes(value: unknown): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("value has no JSON form");
  return Buffer.from(text, "utf8");
}
