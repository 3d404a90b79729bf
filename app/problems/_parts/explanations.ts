import type { ProblemCode } from "#lib/core/errors.ts";

export type Explanation = { happened: string; todo: string[] };

/** What each refusal means and what to do about it. A code without an explanation does not compile. */
export const explanations: Record<ProblemCode, Explanation> = {
  "bad-request": {
    happened: "The request could not be read: its address, headers or body break the rules of HTTP or of this API.",
    todo: [
      "Compare the request with the documentation of the route.",
      "Look for a stray byte or a bad percent-encoding.",
    ],
  },
  unauthenticated: {
    happened: "The request carried no valid session or token, and this needs one.",
    todo: [
      "Sign in, or send an API token as `Authorization: Bearer …`.",
      "Check that the token has not expired or been revoked.",
      "To read a token channel, make a token with the scope `resolve` that names the channel.",
    ],
  },
  "sign-in-failed": {
    happened: "E-mail, password or code did not match. The answer is the same whether the account exists or not.",
    todo: ["Try again with care for capital letters.", "Ask an administrator for a link that sets a new password."],
  },
  "reauthentication-required": {
    happened: "This adds trust or people, and the last proof of who you are is older than 15 minutes.",
    todo: [
      "Confirm your password, and code, where the page asks for it. What you entered is kept.",
      "With the API, make a new session first.",
    ],
  },
  forbidden: {
    happened: "You are known, but your roles or your token's scopes do not allow this.",
    todo: [
      "Ask an administrator for the role.",
      "API tokens never approve, release, renew or administer: a person has to.",
      "A token channel answers only tokens made for it.",
    ],
  },
  "origin-mismatch": {
    happened: "The form was sent from a page of another site than this registry's own address.",
    todo: [
      "Open the registry at its own address and repeat it there.",
      "Operators: PUBLIC_URL must be the address people use.",
    ],
  },
  "not-found": {
    happened:
      "There is nothing at this address that you can see. What is missing and what is not shown to you look the same.",
    todo: [
      "Check the spelling of namespace, name and version.",
      "Sign in, or ask an owner of the namespace for access.",
      "The address of a channel may have been replaced: ask whoever gave it to you for the present one.",
    ],
  },
  "method-not-allowed": {
    happened: "The address exists but does not take this HTTP method.",
    todo: ["Use one of the methods named in the `Allow` header of the answer."],
  },
  "not-acceptable": {
    happened: "The `Accept` header rules out every form this address can answer in.",
    todo: ["Ask for `application/json`, or leave the header out."],
  },
  conflict: {
    happened: "What is stored now contradicts the request.",
    todo: ["Read the present state again, then decide whether the request still makes sense."],
  },
  "version-exists": {
    happened: "This version was published before with other bytes. Versions never change and are never used again.",
    todo: ["Publish under a new version.", "The same bytes again are fine: they answer with the existing record."],
  },
  "name-taken": {
    happened: "Another name differs from this one only in upper and lower case, or is taken already.",
    todo: ["Choose a name that cannot be mistaken for the other."],
  },
  "state-conflict": {
    happened: "The version, person or change is not in a state in which this can be done.",
    todo: ["Load the page again: somebody may have decided in the meantime.", "A revocation is final."],
  },
  "review-changed": {
    happened:
      "What you read is no longer what would be signed: the live version, a rule, a key or the policy changed after your page was made.",
    todo: [
      "Load the review again and read what changed.",
      "Decide on the new record; approvals of the old one no longer count.",
    ],
  },
  "pending-limit": {
    happened: "As many versions as this namespace allows are waiting for review.",
    todo: [
      "Withdraw a version that is no longer wanted, or wait for the reviewers.",
      "An owner or administrator can raise the limit.",
    ],
  },
  "last-admin": {
    happened: "This would leave the registry without an administrator.",
    todo: ["Make somebody else an administrator first."],
  },
  "link-expired": {
    happened: "A one-time link was used before, is too old, was withdrawn, or never existed.",
    todo: [
      "Ask whoever sent it for a new one.",
      "Operators: the first administrator's link is printed again at the next start.",
    ],
  },
  "payload-too-large": {
    happened: "The body, or a part of it, is larger than the limit. Manifests and bundles may have 128 KiB each.",
    todo: ["Send less; a manifest names artifacts, it does not hold them."],
  },
  "unsupported-media-type": {
    happened: "The `Content-Type` is not one this address reads.",
    todo: ["Publish as `multipart/form-data` with the parts `manifest` and `bundle`; send JSON elsewhere."],
  },
  "misdirected-request": {
    happened: "The `Host` header names an address this registry does not answer for.",
    todo: [
      "Use the registry's own address.",
      "Operators: set PUBLIC_URL to the address people use, and let the proxy pass `Host` on.",
    ],
  },
  "invalid-input": {
    happened: "One or more fields are not valid. Each problem is listed at its place.",
    todo: ["Correct every field in `errors` and send it again; nothing was stored."],
  },
  "manifest-invalid": {
    happened: "The manifest breaks the official rules for server.json. Every problem is listed at its JSON pointer.",
    todo: [
      "Run `countersign lint server.json`: it says all of this offline.",
      "Sign the corrected file again: the signature is over its exact bytes.",
    ],
  },
  "signature-required": {
    happened: "A manifest was sent without its publisher's signature, as registries without signatures take it.",
    todo: [
      "Sign and upload in one step with `countersign publish server.json`.",
      "Ask an owner of the namespace for a rule that names your key or your workflow.",
    ],
  },
  "signature-rejected": {
    happened:
      "The bundle does not prove what it must. The answer names the check that failed and the identity that was verified, if it came that far.",
    todo: [
      "Read the failed check: most often the file changed after signing, or the signature is too old.",
      "Sign and upload in one step with `countersign publish`.",
    ],
  },
  "publisher-not-allowed": {
    happened: "The signature is good, but no rule of this namespace lets this identity publish.",
    todo: [
      "Compare the verified identity in the answer with the namespace's rules.",
      "An administrator can make a rule from the refused upload, or try it in the rule tester.",
    ],
  },
  "unpinned-refused": {
    happened: "This namespace takes only packages that name one exact artifact, and at least one does not.",
    todo: ["Give npm and PyPI packages an exact version, OCI images a digest, and bundles their file SHA-256."],
  },
  "approver-not-eligible": {
    happened: "You uploaded this version, own or made the token that did, or control the key that signed it.",
    todo: ["Somebody else has to review it. This holds for all of your accounts."],
  },
  "rate-limited": {
    happened: "Too many requests came from this address or for this account.",
    todo: ["Wait as many seconds as `Retry-After` says."],
  },
  "verification-busy": {
    happened: "As many signatures as this registry verifies at once are being verified.",
    todo: ["Try again in a few seconds; the command line tool does so by itself."],
  },
  internal: {
    happened: "The registry made a mistake. Nothing of the request was kept.",
    todo: ["Try again.", "Give the request id to an operator: the cause is in the log under it."],
  },
  unavailable: {
    happened: "The registry is starting, or something it needs, such as its database, does not answer.",
    todo: [
      "Try again in a moment.",
      "Where the answer does not say that nothing was saved, look whether it was before you send it again.",
      "Operators: `/v0.1/health` and the log say what is missing.",
    ],
  },
};
