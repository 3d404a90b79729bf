import {
  ClipboardCheck,
  Fingerprint,
  KeyRound,
  LibraryBig,
  type LucideIcon,
  ScrollText,
  Signpost,
  Tags,
  Users,
} from "lucide-react";
import type { AreaKey, Viewer } from "./viewer.ts";

export type Area = { key: AreaKey | "catalog"; href: string; label: string; icon: LucideIcon };

const catalog: Area = { key: "catalog", href: "/", label: "Catalogue", icon: LibraryBig };

const areas: Area[] = [
  { key: "reviews", href: "/reviews", label: "Reviews", icon: ClipboardCheck },
  { key: "namespaces", href: "/namespaces", label: "Namespaces", icon: Tags },
  { key: "channels", href: "/channels", label: "Channels", icon: Signpost },
  { key: "tokens", href: "/tokens", label: "API tokens", icon: KeyRound },
  { key: "people", href: "/people", label: "People", icon: Users },
  { key: "trust", href: "/trust", label: "Trust roots", icon: Fingerprint },
  { key: "audit", href: "/audit", label: "Audit", icon: ScrollText },
];

/** The areas in the order of the navigation; anonymous readers have the catalogue alone. */
export function areasOf(viewer: Viewer | null): Area[] {
  return [catalog, ...areas.filter((area) => viewer?.areas.includes(area.key as AreaKey))];
}
