import { DomainError } from "#lib/core/errors.ts";

const minCharacters = 12;
const maxBytes = 1024;

/**
 * Whether a new password may be set: NIST SP 800-63B style, length over composition. Not checked: lists of leaked
 * passwords, which would need a download or a request to others.
 * @param about words the password must not merely repeat: the e-mail address, the name.
 * @throws DomainError `invalid-input` at `/password`. The password itself is in no message.
 */
export function assertAcceptablePassword(password: string, about: readonly string[]): void {
  const detail = findWeakness(password.normalize("NFC"), about);
  if (detail === null) return;
  throw new DomainError("invalid-input", detail, { fields: [{ pointer: "/password", detail }] });
}

function findWeakness(password: string, about: readonly string[]): string | null {
  const characters = [...password];
  if (characters.length < minCharacters)
    return `Use at least ${minCharacters} characters; a few words together do well.`;
  if (Buffer.byteLength(password) > maxBytes) return `Use at most ${maxBytes} bytes.`;
  if (new Set(characters).size < 5) return "Use more different characters.";
  if (isSequence(characters)) return "Do not use a plain sequence of characters.";
  const rest = about.filter((word) => word.length >= 3).reduce(remove, password.toLowerCase());
  if (rest.length < minCharacters / 2) return "Do not build the password from your name or e-mail address.";
  return null;
}

function remove(text: string, word: string): string {
  return text.replaceAll(word.toLowerCase(), "");
}

function isSequence(characters: readonly string[]): boolean {
  const steps = characters
    .slice(1)
    .map((c, index) => (c.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0));
  return new Set(steps).size === 1;
}
