import Link from "next/link";
import type { ReadersView } from "#lib/channels/view.ts";
import { ReaderTable } from "../channels/reader-table.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";

type ReadersCardProps = {
  resolved: ReadersView;
  /** Where all of them are listed; the card then shows the latest alone. */
  all?: string;
};

const maxBrief = 8;

/** Who resolved a version, as far as that is counted, and what counting cannot know. */
export function ReadersCard({ resolved: { readers, complete, keptDays }, all }: ReadersCardProps) {
  const brief = all !== undefined && readers.length > maxBrief;
  const count = `${readers.length.toLocaleString("en")}${complete ? "" : " and more"} readers`;
  return (
    <Card
      title="Who resolved it"
      description={`${readers.length > 1 ? `${count}, by UTC day` : "By UTC day"}, kept for ${keptDays} days`}
      actions={
        brief ? (
          <Button asChild size="sm">
            <Link href={all}>All {count}</Link>
          </Button>
        ) : null
      }
      flush
      id="readers"
    >
      {readers.length > 0 ? (
        <ReaderTable
          caption="Who resolved this version"
          readers={brief ? readers.slice(0, maxBrief) : readers}
          complete={brief || complete}
          withChannel
        />
      ) : (
        <p className="px-4 pt-4 sm:px-5">No client has been counted that resolved this version.</p>
      )}
      <p className="border-line px-4 py-3 text-sm text-muted sm:px-5 [table+&]:border-t">
        Counted is each answer that gave this version, or its manifest, to a client. Nobody can count who got it from a
        cache, a copy or somebody else; anonymous readers are not told apart; a list that merely names the version does
        not count.
      </p>
    </Card>
  );
}
