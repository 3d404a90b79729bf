import { ClipboardCheck, Download } from "lucide-react";
import Link from "next/link";
import { ReopenDialog } from "#components/servers/reopen-dialog.tsx";
import { RevokeDialog } from "#components/servers/revoke-dialog.tsx";
import { serverPath } from "#components/servers/server-path.ts";
import { WithdrawDialog } from "#components/servers/withdraw-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { reopenAction, revokeAction, withdrawAction } from "./actions.ts";
import type { ServerPage } from "./load-server.ts";

/** What the one who looks may do with this version. The verbs decide again. */
export function ServerActions({ page: { detail, resolved } }: { page: ServerPage }) {
  if (!detail) return null;
  const { name, version, manifestDigest, may } = detail;
  const subject = { name, version, manifestDigest };
  return (
    <>
      {may.review ? (
        <Button asChild variant="primary">
          <Link href={`/reviews/${detail.id}`}>
            <ClipboardCheck aria-hidden="true" /> Review
          </Link>
        </Button>
      ) : null}
      {detail.countersignatures.length > 0 ? (
        <Button asChild>
          <a href={`${serverPath(name)}/evidence?version=${encodeURIComponent(version)}`} download>
            <Download aria-hidden="true" /> Evidence
          </a>
        </Button>
      ) : null}
      {may.withdraw ? <WithdrawDialog subject={subject} action={withdrawAction} /> : null}
      {may.reopen ? <ReopenDialog subject={subject} action={reopenAction} /> : null}
      {may.revoke ? <RevokeDialog subject={subject} action={revokeAction} resolved={resolved} /> : null}
    </>
  );
}
