import { Download } from "lucide-react";
import Link from "next/link";
import type { ReadersView } from "#lib/channels/view.ts";
import { ReaderTable } from "../channels/reader-table.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { serverPath } from "./server-path.ts";

type ReadersCardProps = {
  name: string;
  version: string;
  resolved: ReadersView;
  /** What the readers were narrowed by, as the export takes it. */
  filter?: URLSearchParams;
  /** Where all of them are listed, when these are only the latest. */
  all?: string;
};

/** Who resolved a version, as far as that is counted, and what counting cannot know. */
export function ReadersCard({ name, version, resolved, filter, all }: ReadersCardProps) {
  const { readers, total, keptDays } = resolved;
  const filtered = filter !== undefined && filter.size > 0;
  const count = `${total.toLocaleString("en")} ${total === 1 ? "reader" : "readers"}`;
  return (
    <Card
      title="Who resolved it"
      description={`${total > 0 ? `${count}${filtered ? " like this" : ""}, by UTC day` : "By UTC day"}, kept for ${keptDays} days`}
      actions={
        total > 0 ? (
          <>
            {all !== undefined && total > readers.length ? (
              <Button asChild size="sm">
                <Link href={all}>All {count}</Link>
              </Button>
            ) : null}
            <Button asChild size="sm">
              <a href={toExportPath(name, version, filter)} download>
                <Download aria-hidden="true" /> Export as CSV
              </a>
            </Button>
          </>
        ) : null
      }
      flush
      id="readers"
    >
      {readers.length > 0 ? (
        <ReaderTable caption="Who resolved this version" readers={readers} withChannel />
      ) : (
        <p className="px-4 pt-4 sm:px-5">{toNobody(total, filtered)}</p>
      )}
      <p className="border-line px-4 py-3 text-sm text-muted sm:px-5 [table+&]:border-t">
        Counted is each answer that gave this version, or its manifest, to a client. Nobody can count who got it from a
        cache, a list, a copy or somebody else; anonymous readers are not told apart.
      </p>
    </Card>
  );
}

function toNobody(total: number, filtered: boolean): string {
  if (total > 0) return "The list ends before this page.";
  return filtered ? "No reader fits the filter." : "No client has been counted that resolved this version.";
}

function toExportPath(name: string, version: string, filter = new URLSearchParams()): string {
  const query = new URLSearchParams([["version", version], ...filter]);
  return `${serverPath(name)}/readers?${query}`;
}
