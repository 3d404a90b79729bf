import type { VerifiedIdentity } from "#lib/signing/view.ts";

/** Who had a hand in an upload, under any of their accounts. */
export type Authorship = {
  /** Who uploaded it, or owns the token that did. */
  uploaderPersonId: string | null;
  tokenCreatorId: string | null;
  /** Holders of the private keys that signed. */
  keyControllerIds: readonly string[];
  identities: readonly VerifiedIdentity[];
};

/**
 * Why somebody may not count as an approver of a version, or null: nobody countersigns what they uploaded, what a token
 * of theirs uploaded, or what was signed with a key or e-mail address of theirs. Pure.
 * Not known here: who can push to the repository a workflow ran in.
 */
export function findConflict(authorship: Authorship, person: { id: string; email: string }): string | null {
  if (authorship.uploaderPersonId === person.id) return "You uploaded this version.";
  if (authorship.tokenCreatorId === person.id) return "You created the token that uploaded this version.";
  if (authorship.keyControllerIds.includes(person.id)) return "You control the key that signed this version.";
  const signed = authorship.identities.some(
    (identity) => identity.kind === "email" && identity.email.toLowerCase() === person.email.toLowerCase(),
  );
  return signed ? "This version was signed with your e-mail address." : null;
}
