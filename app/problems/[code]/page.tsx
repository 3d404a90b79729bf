import { notFound } from "next/navigation";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { explanations } from "../_parts/explanations.ts";
import { WithCode } from "../_parts/with-code.tsx";

type PageProps = { params: Promise<{ code: string }> };

async function readCode({ params }: PageProps): Promise<ProblemCode> {
  const { code } = await params;
  if (!Object.hasOwn(PROBLEMS, code)) notFound();
  return code as ProblemCode;
}

export async function generateMetadata(props: PageProps) {
  return { title: PROBLEMS[await readCode(props)].title };
}

export default async function ProblemPage(props: PageProps) {
  const code = await readCode(props);
  const { status, title } = PROBLEMS[code];
  const { happened, todo } = explanations[code];
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[{ href: "/problems", label: "Problems" }]}
        description={
          <span className="flex flex-wrap items-center gap-2">
            <code className="font-mono text-sm">{code}</code>
            <Badge>HTTP {status}</Badge>
          </span>
        }
      />
      <div className="grid max-w-3xl gap-4">
        <Card title="What happened">
          <p>
            <WithCode text={happened} />
          </p>
        </Card>
        <Card title="What to do">
          <ul className="grid list-disc gap-1.5 pl-5">
            {todo.map((step) => (
              <li key={step}>
                <WithCode text={step} />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}
