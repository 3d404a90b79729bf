import Link from "next/link";
import type { CatalogEntryView } from "#lib/resolver/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { serverPath } from "./server-path.ts";

/** The versions of a server that resolve, as the read API lists them. */
export function ServedVersionList({ entries, now }: { entries: CatalogEntryView[]; now: Date }) {
  return (
    <Table caption="Versions" head={["Version", "Published", "Expires"]}>
      {entries.map(({ manifest, official, approval }) => (
        <Row key={manifest.version}>
          <Cell label="Version">
            <span className="flex flex-wrap gap-2">
              <Link
                href={serverPath(manifest.name, manifest.version)}
                className="font-mono font-medium text-accent hover:underline"
              >
                <VisibleText text={manifest.version} />
              </Link>
              {official.isLatest ? <Badge tone="info">latest</Badge> : null}
              {official.status === "deprecated" ? <Badge tone="expired">Deprecated</Badge> : null}
            </span>
          </Cell>
          <Cell label="Published" className="text-muted">
            <Time at={official.publishedAt} now={now} />
          </Cell>
          <Cell label="Expires" className="text-muted">
            {approval.approval.expiresAt ? <Time at={approval.approval.expiresAt} now={now} /> : "–"}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
