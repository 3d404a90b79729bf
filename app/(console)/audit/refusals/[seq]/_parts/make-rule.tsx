import Link from "next/link";
import { readRefusedUpload } from "#components/audit/read-refused-upload.ts";
import { Button } from "#components/ui/button.tsx";
import type { RefusalEntryView } from "#lib/ledger/view.ts";

/** For an upload whose verified workflow no rule allowed: the way to a rule for it. */
export function MakeRule({ entry }: { entry: RefusalEntryView }) {
  if (entry.kind !== "publish" || !entry.namespace || !readRefusedUpload(entry.body).prefills) return null;
  const rule = `/namespaces/${encodeURIComponent(entry.namespace)}/publishers/new-workflow-rule?refusal=${entry.seq}`;
  return (
    <Button asChild>
      <Link href={rule}>Make a rule from it</Link>
    </Button>
  );
}
