/** Under which an e-mail address is unique. Addresses are ASCII (see schemas), so this needs no locale. */
export function toEmailKey(email: string): string {
  return email.trim().toLowerCase();
}
