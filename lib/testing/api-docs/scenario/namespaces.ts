import type { Api } from "#lib/testing/api-docs/scenario/api.ts";
import type { ApiStage } from "#lib/testing/api-docs/stage.ts";
import { makeSigner } from "#lib/testing/lifecycle.ts";

const namespace = "com.example";
const at = { params: { namespace } };

/** A namespace gets its owner, key and rule; before anything was countersigned a rule is in force at once. */
export async function playNamespaces(api: Api, { people }: ApiStage): Promise<{ keyId: string }> {
  const owner = { params: { namespace, personId: people.publisher.personId } };
  await api("createNamespace", { body: { name: namespace, lifetimeDays: 30 } });
  await api("listNamespaces");
  await api("updateNamespace", { ...at, body: { requiredApprovals: 2 } });
  await api("addOwner", owner);
  await api("removeOwner", owner);
  const { id: keyId } = await api("addKey", { ...at, body: { label: "Release key", pem: makeSigner().spkiPem } });
  await addRule(api, keyId);
  await api("getNamespace", at);
  return { keyId };
}

/** Once something was countersigned, a rule waits for a second administrator. */
export async function playPolicyChanges(api: Api, keyId: string): Promise<void> {
  const { change } = await addRule(api, keyId);
  await api("listPolicyChanges", { query: { state: "waiting" } });
  await api("cancelPolicyChange", { params: { id: change.id } });
  const { change: second } = await addRule(api, keyId);
  await api("confirmPolicyChange", { as: "otherAdmin", params: { id: second.id } });
  const { rules } = await api("getNamespace", at);
  const active = rules.find((rule: { state: string }) => rule.state === "active");
  await api("retireRule", { params: { id: active.id } });
  await api("revokeKey", { params: { id: keyId }, body: { reason: "It was on a stolen laptop." } });
}

function addRule(api: Api, managedKeyId: string) {
  return api("addRule", { ...at, body: { kind: "key", label: "Release", managedKeyId } });
}
