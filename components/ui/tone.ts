/** What a colour means. Every status, chip and banner picks one of these, never a colour. */
export type Tone = "neutral" | "pending" | "approved" | "revoked" | "expired" | "unpinned" | "info";

export const toneLook: Record<Tone, string> = {
  neutral: "border-line bg-sunken text-muted",
  pending: "border-pending-line bg-pending-soft text-pending",
  approved: "border-approved-line bg-approved-soft text-approved",
  revoked: "border-revoked-line bg-revoked-soft text-revoked",
  expired: "border-expired-line bg-expired-soft text-expired",
  unpinned: "border-unpinned-line bg-unpinned-soft text-unpinned",
  info: "border-info-line bg-info-soft text-info",
};
