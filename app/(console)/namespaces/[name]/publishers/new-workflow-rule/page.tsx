import type { Metadata } from "next";
import { requireOwner } from "#lib/access/index.ts";
import { getNamespace } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { listTrustRoots } from "#lib/trust/index.ts";
import { loadPage } from "../../../../../_parts/load-page.ts";
import { ChangePage } from "../_parts/change-page.tsx";
import { PrefillNotice } from "../_parts/prefill-notice.tsx";
import { readPrefill } from "../_parts/read-prefill.ts";
import { WorkflowRuleForm } from "../_parts/workflow-rule-form.tsx";

export const metadata: Metadata = { title: "Add a workflow rule" };

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ refusal?: string | string[] }> };

export default async function NewWorkflowRulePage({ params, searchParams }: Props) {
  const ctx = await pageCtx();
  const { name } = await params;
  const refusal = String((await searchParams).refusal ?? "");
  const [namespace, roots, prefill] = await loadPage(`/namespaces/${name}/publishers/new-workflow-rule`, async () => {
    requireOwner(ctx, name);
    return Promise.all([getNamespace(ctx, { name }), listTrustRoots(ctx), readPrefill(ctx, name, refusal)]);
  });
  const current = roots.filter((root) => root.retiredAt === null && root.issuers.length > 0);
  return (
    <ChangePage
      namespace={namespace.name}
      title="Add a workflow rule"
      description="Lets a GitHub Actions workflow publish here, by the identity a certificate proves. Everything below must match."
    >
      {prefill ? <PrefillNotice prefill={prefill} seq={refusal} /> : null}
      <WorkflowRuleForm
        namespace={namespace.name}
        roots={current.map(({ slug, label, demo, issuers }) => ({ slug, label, demo, issuers }))}
        prefill={prefill}
      />
    </ChangePage>
  );
}
