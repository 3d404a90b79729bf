import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";

export const metadata = { title: "Problems" };

const codes = (Object.keys(PROBLEMS) as ProblemCode[]).sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);

export default function ProblemsPage() {
  return (
    <>
      <PageHeader
        title="Problems"
        description="Every refusal of this registry is an RFC 9457 problem document. Its type leads to one of these pages."
      />
      <Card flush>
        <Table caption="Problem codes" head={["Status", "Code", "Title"]}>
          {codes.map((code) => (
            <Row key={code}>
              <Cell label="Status" className="tabular-nums">
                {PROBLEMS[code].status}
              </Cell>
              <Cell label="Code">
                <Link href={`/problems/${code}`} className="font-mono text-sm text-accent hover:underline">
                  {code}
                </Link>
              </Cell>
              <Cell label="Title">{PROBLEMS[code].title}</Cell>
            </Row>
          ))}
        </Table>
      </Card>
    </>
  );
}
