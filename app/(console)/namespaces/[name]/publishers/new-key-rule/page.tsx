import type { Metadata } from "next";
import { requireOwner } from "#lib/access/index.ts";
import { getNamespace } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../../../_parts/load-page.ts";
import { ChangePage } from "../_parts/change-page.tsx";
import { KeyRuleForm } from "../_parts/key-rule-form.tsx";

export const metadata: Metadata = { title: "Add a key rule" };

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ key?: string | string[] }> };

export default async function NewKeyRulePage({ params, searchParams }: Props) {
  const ctx = await pageCtx();
  const { name } = await params;
  const namespace = await loadPage(`/namespaces/${name}/publishers/new-key-rule`, async () => {
    requireOwner(ctx, name);
    return getNamespace(ctx, { name });
  });
  const keys = namespace.keys.filter((key) => key.revokedAt === null);
  const asked = String((await searchParams).key ?? "");
  return (
    <ChangePage
      namespace={namespace.name}
      title="Add a key rule"
      description="Whoever signs with this key may publish every server of this namespace."
    >
      <KeyRuleForm
        namespace={namespace.name}
        keys={keys.map(({ id, label, hint }) => ({ id, label, hint }))}
        chosen={keys.some((key) => key.id === asked) ? asked : ""}
      />
    </ChangePage>
  );
}
