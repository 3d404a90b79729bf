import type { GrantView } from "#lib/access/view.ts";

/** For a role given per namespace: not at all, everywhere, or in the namespaces named. */
export type Reach = { mode: "none" | "all" | "some"; names: string[] };
export type GrantChoice = { admin: boolean; auditor: boolean; reviewer: Reach; publisher: Reach };

export const noGrants: GrantChoice = {
  admin: false,
  auditor: false,
  reviewer: { mode: "none", names: [] },
  publisher: { mode: "none", names: [] },
};

/** Grants as the form shows them. "Everywhere" hides single namespaces granted beside it. */
export function toGrantChoice(grants: readonly GrantView[]): GrantChoice {
  const holds = (role: string) => grants.some((grant) => grant.role === role);
  return {
    admin: holds("admin"),
    auditor: holds("auditor"),
    reviewer: toReach(grants, "reviewer"),
    publisher: toReach(grants, "publisher"),
  };
}

function toReach(grants: readonly GrantView[], role: string): Reach {
  const names = grants.filter((grant) => grant.role === role).map((grant) => grant.namespace);
  if (names.includes("*")) return { mode: "all", names: [] };
  return { mode: names.length > 0 ? "some" : "none", names };
}

/** What the form stands for. "Only these" without a namespace grants nothing. */
export function toGrants(choice: GrantChoice): GrantView[] {
  return [
    ...(choice.admin ? [{ role: "admin", namespace: "*" } as const] : []),
    ...(choice.auditor ? [{ role: "auditor", namespace: "*" } as const] : []),
    ...toReachGrants("reviewer", choice.reviewer),
    ...toReachGrants("publisher", choice.publisher),
  ];
}

function toReachGrants(role: "reviewer" | "publisher", { mode, names }: Reach): GrantView[] {
  if (mode === "none") return [];
  return (mode === "all" ? ["*"] : names).map((namespace) => ({ role, namespace }));
}
