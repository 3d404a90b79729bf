import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { TrustRootView } from "#lib/trust/view.ts";
import { AuthorityTable } from "./authority-table.tsx";

/** One version of a trust root. */
export function TrustRootCard({ root, now }: { root: TrustRootView; now: Date }) {
  return (
    <Card
      title={<VisibleText text={root.label} />}
      description={`${root.slug}, version ${root.version}`}
      actions={root.retiredAt ? <Badge tone="expired">Retired</Badge> : <Badge tone="approved">In force</Badge>}
      flush
    >
      <div className="px-4 py-4 sm:px-5">
        {root.demo ? (
          <Banner tone="unpinned" title="Demo trust root" className="mb-4">
            Its keys were made on this machine and anyone at it can have any identity certified. What is signed under it
            proves nothing outside this demo.
          </Banner>
        ) : null}
        <Facts>
          <Fact label="File">
            <Digest value={root.sha256.startsWith("sha256:") ? root.sha256 : `sha256:${root.sha256}`} label="digest" />
          </Fact>
          <Fact label="Asks for">{describeThresholds(root.thresholds)}</Fact>
          <Fact label="Speaks for">
            <ul>
              {root.issuers.map((issuer) => (
                <li key={issuer}>
                  <VisibleText text={issuer} className="font-mono text-sm" />
                </li>
              ))}
            </ul>
          </Fact>
          <Fact label="Added">
            <Time at={root.createdAt} absolute />
          </Fact>
        </Facts>
      </div>
      <AuthorityTable root={root} now={now} />
    </Card>
  );
}

function describeThresholds({ tlog, ctlog, timestamp }: TrustRootView["thresholds"]): string {
  const parts = [
    [tlog, "transparency log entry", "transparency log entries"],
    [ctlog, "certificate log entry", "certificate log entries"],
    [timestamp, "timestamp", "timestamps"],
  ] as const;
  const asked = parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return asked.length === 0 ? "nothing but a valid signature" : `at least ${asked.join(", ")}`;
}
