import type { Metadata } from "next";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { isAdmin, isAuditor, ownsNamespace } from "#lib/access/index.ts";
import { listRefusals } from "#lib/ledger/index.ts";
import { getNamespace } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../../_parts/load-page.ts";
import { NamespaceHeader } from "../_parts/namespace-header.tsx";
import { RefusedUploads } from "./_parts/refused-uploads.tsx";
import { RuleTester } from "./_parts/rule-tester.tsx";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Test an upload for ${(await params).name}` };
}

const noRefusals = { items: [] };

export default async function TestPage({ params }: Props) {
  const ctx = await pageCtx();
  const { name } = await params;
  const mayTest = isAdmin(ctx.actor) || ownsNamespace(ctx.actor, name);
  const auditor = isAuditor(ctx.actor);
  const [namespace, refusals] = await loadPage(`/namespaces/${name}/test`, () =>
    Promise.all([
      getNamespace(ctx, { name }),
      auditor ? listRefusals(ctx, { namespace: name, limit: 30 }) : noRefusals,
    ]),
  );
  return (
    <>
      <NamespaceHeader namespace={namespace} active="test" now={ctx.now()} />
      <div className="grid gap-6">
        {mayTest ? (
          <Card
            title="Would it be accepted?"
            description="Verifies a manifest and its bundle as an upload would be and compares every rule. Nothing is stored."
          >
            <RuleTester namespace={namespace.name} />
          </Card>
        ) : (
          <Banner title="For owners of the namespace and administrators">They can try an upload here.</Banner>
        )}
        {auditor ? (
          <RefusedUploads refusals={refusals.items} namespace={namespace.name} mayAdd={mayTest} now={ctx.now()} />
        ) : null}
      </div>
    </>
  );
}
