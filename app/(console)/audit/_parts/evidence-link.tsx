import { Download } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { LedgerEntryView } from "#lib/ledger/view.ts";
import { toVersionSubject } from "./version-subject.ts";

/** For an event about a version: everything kept about that version, as one download. */
export function EvidenceLink({ entry }: { entry: LedgerEntryView }) {
  const about = entry.action.startsWith("version.") ? toVersionSubject(entry.subject) : null;
  if (!about) return null;
  const path = about.name.split("/").map(encodeURIComponent).join("/");
  return (
    <Button asChild>
      <a href={`/servers/${path}/evidence?version=${encodeURIComponent(about.version)}`} download>
        <Download aria-hidden="true" /> Evidence pack
      </a>
    </Button>
  );
}
