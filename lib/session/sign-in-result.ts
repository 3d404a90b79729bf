/** Why a sign-in was refused, as far as the one who asked may know. */
export type SignInRefusal = "sign-in-failed" | "totp-required" | "rate-limited" | "unavailable";

const refusals: readonly string[] = ["sign-in-failed", "totp-required", "rate-limited"];

export function toSignInRefusal(text: string | null): SignInRefusal {
  return refusals.includes(text ?? "") ? (text as SignInRefusal) : "unavailable";
}
