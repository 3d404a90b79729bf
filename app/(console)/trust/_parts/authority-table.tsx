import { Badge } from "#components/ui/badge.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { TrustRootView } from "#lib/trust/view.ts";

type Authority = TrustRootView["authorities"][number];

const kinds: Record<Authority["kind"], string> = {
  certificate: "Certificate authority",
  timestamp: "Timestamp authority",
  log: "Transparency log",
  "certificate-log": "Certificate log",
};

/** Who may certify, log and timestamp under a root, and when. */
export function AuthorityTable({ root, now }: { root: TrustRootView; now: Date }) {
  return (
    <div className="border-t border-line">
      <Table caption={`Authorities of ${root.label}`} head={["What", "Address", "From", "Until", "Now"]}>
        {root.authorities.map((authority) => (
          <Row key={`${authority.kind} ${authority.name} ${authority.from}`}>
            <Cell label="What" className="whitespace-nowrap">
              {kinds[authority.kind]}
            </Cell>
            <Cell label="Address">
              <VisibleText text={authority.name || "not named"} className="text-right font-mono text-sm sm:text-left" />
            </Cell>
            <Cell label="From">{authority.from ? <Time at={authority.from} absolute /> : "not said"}</Cell>
            <Cell label="Until">{authority.until ? <Time at={authority.until} absolute /> : "open"}</Cell>
            <Cell label="Now">
              {isCurrent(authority, now) ? <Badge tone="approved">Valid</Badge> : <Badge tone="expired">Over</Badge>}
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}

/** An authority whose time is over still vouches for what it signed while it lasted. */
function isCurrent({ from, until }: Authority, now: Date): boolean {
  return (from === "" || new Date(from) <= now) && (until === null || new Date(until) > now);
}
