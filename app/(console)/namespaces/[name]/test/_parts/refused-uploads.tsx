import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { readRefusedUpload } from "#components/audit/read-refused-upload.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { RefusalEntryView } from "#lib/ledger/view.ts";

type RefusedUploadsProps = { refusals: RefusalEntryView[]; namespace: string; mayAdd: boolean; now: Date };

/** What was refused for this namespace of late, and why; a verified workflow can become a rule. */
export function RefusedUploads({ refusals, namespace, mayAdd, now }: RefusedUploadsProps) {
  const uploads = refusals.filter((refusal) => refusal.kind === "publish");
  const act = <span className="sr-only">Actions</span>;
  return (
    <Card title="Refused of late" description="Uploads for this namespace that left nothing but this record." flush>
      {uploads.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="No upload was refused">
          When one is, its verified signer can be made into a rule from here.
        </EmptyState>
      ) : (
        <Table caption="Refused uploads" head={["Upload", "When", "Why", act]}>
          {uploads.map((refusal) => {
            const { detail, prefills } = readRefusedUpload(refusal.body);
            return (
              <Row key={refusal.seq}>
                <Cell className="lg:w-1/4">
                  <Link href={`/audit/refusals/${refusal.seq}`} className="font-medium text-accent hover:underline">
                    <VisibleText text={refusal.subject} />
                  </Link>
                </Cell>
                <Cell label="When">
                  <Time at={refusal.at} now={now} />
                </Cell>
                <Cell label="Why" long className="lg:w-1/2">
                  <VisibleText text={detail} />
                </Cell>
                <Cell className="whitespace-nowrap sm:text-right">
                  {mayAdd && prefills ? <MakeRule namespace={namespace} seq={refusal.seq} /> : null}
                </Cell>
              </Row>
            );
          })}
        </Table>
      )}
    </Card>
  );
}

function MakeRule({ namespace, seq }: { namespace: string; seq: number }) {
  return (
    <Button asChild size="sm">
      <Link href={`/namespaces/${encodeURIComponent(namespace)}/publishers/new-workflow-rule?refusal=${seq}`}>
        Make a rule
      </Link>
    </Button>
  );
}
