import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { isAdmin, listPeople, ownsNamespace } from "#lib/access/index.ts";
import { getNamespace } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { NamespaceHeader } from "./_parts/namespace-header.tsx";
import { OwnersCard } from "./_parts/owners-card.tsx";
import { SettingsFacts } from "./_parts/settings-facts.tsx";
import { SettingsForm } from "./_parts/settings-form.tsx";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function NamespacePage({ params }: Props) {
  const ctx = await pageCtx();
  const { name } = await params;
  const admin = isAdmin(ctx.actor);
  const [namespace, people] = await loadPage(`/namespaces/${name}`, () =>
    Promise.all([getNamespace(ctx, { name }), admin ? listPeople(ctx).then((view) => view.people) : []]),
  );
  return (
    <>
      <NamespaceHeader namespace={namespace} active="settings" now={ctx.now()} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title="What approval asks for" description="Versions already waiting keep the stricter of old and new.">
          {admin || ownsNamespace(ctx.actor, name) ? (
            <SettingsForm namespace={namespace} />
          ) : (
            <SettingsFacts namespace={namespace} />
          )}
        </Card>
        <OwnersCard namespace={namespace} people={people} />
      </div>
    </>
  );
}
