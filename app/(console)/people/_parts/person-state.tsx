import { Badge } from "#components/ui/badge.tsx";
import type { PersonView } from "#lib/access/view.ts";

export function PersonState({ state }: { state: PersonView["state"] }) {
  return state === "active" ? <Badge tone="approved">Active</Badge> : <Badge tone="expired">Deactivated</Badge>;
}
