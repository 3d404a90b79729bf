import type { ReadersView } from "#lib/channels/view.ts";
import { ReaderTable } from "../channels/reader-table.tsx";
import { Card } from "../ui/card.tsx";

/** Who resolved a version, as far as that is counted, and what counting cannot know. */
export function ReadersCard({ resolved }: { resolved: ReadersView }) {
  return (
    <Card title="Who resolved it" description={`By UTC day, kept for ${resolved.keptDays} days`} flush id="readers">
      {resolved.readers.length > 0 ? (
        <ReaderTable caption="Who resolved this version" {...resolved} withChannel />
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
