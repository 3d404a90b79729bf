import type { SignInRefusal } from "#lib/session/client.ts";

/** Says the same for an unknown account and a wrong password. */
export const refusalTexts: Record<SignInRefusal, { title: string; text: string }> = {
  "sign-in-failed": {
    title: "That did not match",
    text: "Check the e-mail address, the password and the code. An administrator can send you a link for a new password.",
  },
  "totp-required": {
    title: "The code is needed",
    text: "Type the present code of your authenticator; each works once.",
  },
  "rate-limited": {
    title: "Too many attempts",
    text: "Wait some minutes before you try again. The attempts are on record for the administrators.",
  },
  unavailable: { title: "The registry did not answer", text: "Check your connection and try again." },
};
