import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { LedgerEntryView, RefusalEntryView } from "#lib/ledger/view.ts";
import { buttonLook } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

type Entry = LedgerEntryView | RefusalEntryView;

/** How an event hangs in its chain: its digest, the one before, and the way to its neighbours under `base`. */
export function EventChain({ entry, base, hasNext }: { entry: Entry; base: string; hasNext: boolean }) {
  return (
    <Card title="Place in the chain">
      <Facts>
        <Fact label="Time">
          <time dateTime={entry.at} className="font-mono text-sm">
            {entry.at}
          </time>
        </Fact>
        <Fact label="Digest">
          <Digest value={`sha256:${entry.sha256}`} label="digest" />
        </Fact>
        <Fact label="Digest before">
          <Digest value={`sha256:${entry.prevSha256}`} label="digest of the event before" />
        </Fact>
      </Facts>
      <nav aria-label="Neighbours" className="mt-4 flex flex-wrap gap-2">
        {entry.seq > 1 ? (
          <Link href={`${base}/${entry.seq - 1}`} className={buttonLook({ size: "sm" })}>
            <ChevronLeft aria-hidden="true" /> Event #{entry.seq - 1}
          </Link>
        ) : (
          <span className="self-center text-sm text-muted">The first event of the chain.</span>
        )}
        {hasNext ? (
          <Link href={`${base}/${entry.seq + 1}`} className={buttonLook({ size: "sm" })}>
            Event #{entry.seq + 1} <ChevronRight aria-hidden="true" />
          </Link>
        ) : (
          <span className="self-center text-sm text-muted">The newest event.</span>
        )}
      </nav>
    </Card>
  );
}
