import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import type { ChainStateView } from "#lib/ledger/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Banner } from "../ui/banner.tsx";
import { Card } from "../ui/card.tsx";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Time } from "../ui/time.tsx";

const titles = { ledger: "Ledger", refusals: "Refusals" } as const;
const bases = { ledger: "/audit", refusals: "/audit/refusals" } as const;

/** One chain as it was found by walking it from its first event. */
export function ChainStateCard({ state, now }: { state: ChainStateView; now: Date }) {
  const { chain, intact, broken, head } = state;
  return (
    <Card title={titles[chain]} actions={<Verdict intact={intact} />}>
      {broken ? (
        <Banner tone="revoked" title={`Event #${broken.seq} is not what it was`} className="mb-4">
          <p>{broken.reason}.</p>
          <p className="mt-1">
            Everything from there on proves nothing. Compare with a backup and with exported copies.
          </p>
        </Banner>
      ) : null}
      <Facts>
        <Fact label="Events walked">{state.entries.toLocaleString("en")}</Fact>
        <Fact label="Newest event">
          {head.seq === 0 ? (
            "none yet"
          ) : (
            <>
              <Link href={`${bases[chain]}/${head.seq}`} className="text-accent underline">
                #{head.seq}
              </Link>
              , <Time at={head.at} now={now} />
            </>
          )}
        </Fact>
        <Fact label="Head">
          <Digest value={`sha256:${head.sha256}`} label={`head of the ${chain} chain`} />
        </Fact>
        {chain === "ledger" ? (
          <Fact label="Countersignatures">
            {state.auditHeadsChecked.toLocaleString("en")} audit heads in signed approvals compared
          </Fact>
        ) : null}
      </Facts>
    </Card>
  );
}

function Verdict({ intact }: { intact: boolean }) {
  return intact ? (
    <Badge tone="approved" icon={CircleCheck}>
      Intact
    </Badge>
  ) : (
    <Badge tone="revoked" icon={CircleX}>
      Broken
    </Badge>
  );
}
