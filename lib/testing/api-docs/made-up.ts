const pem = [
  "-----BEGIN PUBLIC KEY-----",
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfuCbEGI7p0jEL9bBRYzT7Yb2ZQ1S",
  "k0yMCVWb8NTmWm3PqBXq1iB2ESbVJqXQzYp4e1Nn0iZ0m1pUSx5qbQwYyA==",
  "-----END PUBLIC KEY-----\\n",
].join("\\n");

/** What differs from run to run, in JSON text, and what examples hold instead. Numbered by first appearance. */
const volatile: [pattern: RegExp, madeUp: string | ((nth: number, found: string) => string)][] = [
  [/-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----(?:\\n)?/g, pem],
  [/\b(?:cst|css|csc)_[0-9A-Za-z]{4,}/g, (_nth, found) => `${found.slice(0, 4)}example`],
  [/#token=[\w-]+/g, "#token=example"],
  [
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    (nth) => `00000000-0000-4000-8000-${hex(nth, 12)}`,
  ],
  [/\b[0-9a-f]{64}\b/g, (nth) => hex(nth, 64)],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "2026-11-22T12:00:00.000Z"],
  [/(?<="(?:suggested|latest|expiresAt)":")\d{4}-\d\d-\d\d(?=")/g, "2027-02-20"],
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
  [/(?<=\\?"(?:seq|entries|next)\\?":"?)\d+/g, "1"],
  [/(?<="totp":")\d{6}(?=")/g, "123456"],
  [/(?<="secret":"|secret=)[A-Z2-7]{16,}/g, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"],
];

/** The same value as if it had been another time and other people; the same thing keeps one made-up name within it. */
export function makeUp<Value>(value: Value): Value {
  const numbers = new Map<string, number>();
  const numberOf = (found: string) => {
    const known = numbers.get(found) ?? numbers.size + 1;
    numbers.set(found, known);
    return known;
  };
  let text = JSON.stringify(value);
  for (const [pattern, madeUp] of volatile) {
    text = text.replaceAll(pattern, (found) => (typeof madeUp === "string" ? madeUp : madeUp(numberOf(found), found)));
  }
  return JSON.parse(text);
}

function hex(nth: number, length: number): string {
  return nth.toString(16).padStart(length, "0");
}
