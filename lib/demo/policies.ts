import { listPeople } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { type DemoNamespace, type DemoWorkflow, demoNamespaces } from "#lib/demo/catalogue.ts";
import { demoMembers } from "#lib/demo/people.ts";
import type { DemoSigners } from "#lib/demo/signers.ts";
import { createNamespace, getNamespace, listNamespaces } from "#lib/namespaces/index.ts";
import { addManagedKey, addRule } from "#lib/publishers/index.ts";
import { demoIssuer } from "#lib/trust/demo/index.ts";

/** Makes the namespaces and who may publish into each, as an administrator would in a new registry. */
export async function ensureNamespaces(admin: Ctx, signers: DemoSigners): Promise<void> {
  const { people } = await listPeople(admin);
  const publisher = people.find(({ email }) => email === demoMembers.publisher.email);
  if (!publisher) throw new Error("The demo's publisher is missing.");
  const known = new Set((await listNamespaces(admin)).map(({ name }) => name));
  for (const namespace of demoNamespaces) {
    const { name, requiredApprovals, unpinned } = namespace;
    if (!known.has(name)) await createNamespace(admin, { name, ownerIds: [publisher.id], requiredApprovals, unpinned });
    await ensureRule(admin, namespace, signers, publisher.id);
  }
}

async function ensureRule(admin: Ctx, { name, signer }: DemoNamespace, signers: DemoSigners, holderId: string) {
  const { rules } = await getNamespace(admin, { name });
  if (rules.some(({ state }) => state === "active")) return;
  if (signer.kind === "workflow") {
    const { workflow } = signer;
    await addRule(admin, { namespace: name, kind: "github-actions", ...toWorkflowRule(workflow) });
    return;
  }
  const managedKeyId = await ensureKey(admin, name, signer.label, signers, holderId);
  await addRule(admin, { namespace: name, kind: "key", label: signer.label, managedKeyId });
}

async function ensureKey(admin: Ctx, namespace: string, label: string, signers: DemoSigners, holderId: string) {
  const { hint, spkiPem } = signers.key(namespace);
  const find = async () => (await getNamespace(admin, { name: namespace })).keys.find((key) => key.hint === hint);
  if (!(await find())) await addManagedKey(admin, { namespace, label, pem: spkiPem, controllerIds: [holderId] });
  const key = await find();
  if (!key) throw new Error(`The key of ${namespace} was not added.`);
  return key.id;
}

function toWorkflowRule({ repository, repositoryId, ownerId, workflow, trigger }: DemoWorkflow) {
  return {
    label: `Releases of ${repository.replace("https://github.com/", "")}`,
    trustRootSlug: "demo",
    claims: {
      issuer: demoIssuer,
      repository,
      repositoryId,
      ownerId,
      workflow,
      refPattern: "refs/tags/v*",
      triggers: [trigger],
    },
  };
}
