import type { Metadata } from "next";
import { isAdmin, ownsNamespace } from "#lib/access/index.ts";
import { getNamespace } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../../_parts/load-page.ts";
import { NamespaceHeader } from "../_parts/namespace-header.tsx";
import { KeysCard } from "./_parts/keys-card.tsx";
import { RulesCard } from "./_parts/rules-card.tsx";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Publishers of ${(await params).name}` };
}

export default async function PublishersPage({ params }: Props) {
  const ctx = await pageCtx();
  const { name } = await params;
  const namespace = await loadPage(`/namespaces/${name}/publishers`, () => getNamespace(ctx, { name }));
  const mayChange = isAdmin(ctx.actor) || ownsNamespace(ctx.actor, name);
  return (
    <>
      <NamespaceHeader namespace={namespace} active="publishers" now={ctx.now()} />
      <div className="grid gap-6">
        <RulesCard namespace={namespace} mayChange={mayChange} />
        <KeysCard namespace={namespace} mayChange={mayChange} now={ctx.now()} />
      </div>
    </>
  );
}
