import type { Metadata } from "next";
import { isAdmin, listPeople, requireOwner } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { getNamespace } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../../../_parts/load-page.ts";
import { ChangePage } from "../_parts/change-page.tsx";
import { NewKeyForm } from "../_parts/new-key-form.tsx";

export const metadata: Metadata = { title: "Add a key" };

export default async function NewKeyPage({ params }: { params: Promise<{ name: string }> }) {
  const ctx = await pageCtx();
  const { name } = await params;
  const [namespace, people] = await loadPage(`/namespaces/${name}/publishers/new-key`, async () => {
    requireOwner(ctx, name);
    return Promise.all([getNamespace(ctx, { name }), isAdmin(ctx.actor) ? readPeople(ctx) : []]);
  });
  const holders = people
    .filter((person) => person.state === "active")
    .map(({ id, name, email }) => ({ id, name, email }));
  return (
    <ChangePage
      namespace={namespace.name}
      title="Add a key"
      description="The public half of a publisher's key. Naming its holders keeps them from approving their own work."
    >
      <NewKeyForm namespace={namespace.name} holders={holders} />
    </ChangePage>
  );
}

async function readPeople(ctx: Ctx) {
  return (await listPeople(ctx)).people;
}
