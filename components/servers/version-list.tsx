import Link from "next/link";
import type { VersionSummaryView } from "#lib/versions/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { serverPath } from "./server-path.ts";
import { StateBadge } from "./state-badge.tsx";

/** The versions of a server that the reader may see, newest first. */
export function VersionList({ versions, now }: { versions: VersionSummaryView[]; now: Date }) {
  return (
    <Table caption="Versions" head={["Version", "State", "Received", "Countersigned", "Expires"]}>
      {versions.map((version) => (
        <Row key={version.id}>
          <Cell label="Version">
            <span className="flex flex-wrap gap-2">
              <Link
                href={serverPath(version.name, version.version)}
                className="font-mono font-medium text-accent hover:underline"
              >
                <VisibleText text={version.version} />
              </Link>
              {version.isLatest ? <Badge tone="info">latest</Badge> : null}
            </span>
          </Cell>
          <Cell label="State">
            <StateBadge state={version.state} deprecated={version.deprecated} />
          </Cell>
          <Cell label="Received" className="text-muted">
            <Time at={version.receivedAt} now={now} />
          </Cell>
          <Cell label="Countersigned" className="text-muted">
            {version.publishedAt ? <Time at={version.publishedAt} now={now} /> : "never"}
          </Cell>
          <Cell label="Expires" className="text-muted">
            {version.expiresAt && version.state !== "revoked" ? <Time at={version.expiresAt} now={now} /> : "–"}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
