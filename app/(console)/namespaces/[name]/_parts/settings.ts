import type { NamespaceSummaryView } from "#lib/namespaces/view.ts";

export type Settings = Pick<NamespaceSummaryView, "requiredApprovals" | "lifetimeDays" | "unpinned" | "maxPending">;

/**
 * Which of the changes would take protection away, in words. Only tells people beforehand what to expect: what waits
 * for a second administrator is decided when the change is made.
 */
export function findLoosening(before: Settings, after: Settings): string[] {
  const loosening: string[] = [];
  if (after.requiredApprovals < before.requiredApprovals) {
    loosening.push(`fewer approvals (${before.requiredApprovals} to ${after.requiredApprovals})`);
  }
  if (after.lifetimeDays > before.lifetimeDays) {
    loosening.push(`a longer lifetime (${before.lifetimeDays} to ${after.lifetimeDays} days)`);
  }
  if (before.unpinned === "refuse" && after.unpinned === "allow") loosening.push("accepting unpinned packages");
  return loosening;
}

/** The form as settings; an empty or wrong number counts as unchanged here, and is refused when sent. */
export function readSettings(form: FormData, before: Settings): Settings {
  const number = (name: "requiredApprovals" | "lifetimeDays" | "maxPending") => {
    const text = String(form.get(name) ?? "").trim();
    return /^\d+$/.test(text) ? Number(text) : before[name];
  };
  return {
    requiredApprovals: number("requiredApprovals"),
    lifetimeDays: number("lifetimeDays"),
    maxPending: number("maxPending"),
    unpinned: form.get("unpinned") === "refuse" ? "refuse" : "allow",
  };
}

/**
 * Leaves only what differs in the form: a setting that is sent, even unchanged, ends a waiting change of the same setting.
 */
export function keepChanged(form: FormData, before: Settings): void {
  for (const name of ["requiredApprovals", "lifetimeDays", "unpinned", "maxPending"] as const) {
    if (String(form.get(name) ?? "").trim() === String(before[name])) form.delete(name);
  }
}
