import { enrolAuthenticator } from "#lib/testing/api-docs/scenario/account.ts";
import type { Api } from "#lib/testing/api-docs/scenario/api.ts";
import type { ApiStage } from "#lib/testing/api-docs/stage.ts";

/** An administrator looks after people and tokens. */
export async function playPeople(api: Api, { people }: ApiStage): Promise<void> {
  const { personId: id } = people.member;
  const grants = [{ role: "publisher", namespace: "com.acme" }];
  await api("invitePerson", { body: { email: "nora@example.com", name: "Nora New", grants } });
  const { invitations } = await api("listPeople");
  await api("revokeInvitation", { params: { id: invitations[0].id } });
  await api("updateGrants", { params: { id }, body: { grants } });
  await api("requestReset", { params: { id } });
  await enrolAuthenticator(api, "member");
  await api("clearAuthenticator", { params: { id }, body: { reason: "The phone is lost." } });
  await api("deactivatePerson", { params: { id } });
  await api("reactivatePerson", { params: { id } });
  const token = { label: "Release robot", robot: true, scopes: ["publish"], namespaces: ["com.acme"] };
  const created = await api("createToken", { body: { ...token, expiresInDays: 30 } });
  await api("listTokens");
  await api("revokeToken", { params: { id: created.id } });
}
