import type { RoutedOperation } from "#lib/api-docs/index.ts";
import { firstPassword, playAccount } from "#lib/testing/api-docs/scenario/account.ts";
import { createApi, type Recorded } from "#lib/testing/api-docs/scenario/api.ts";
import { playAudit } from "#lib/testing/api-docs/scenario/audit.ts";
import { playChannels } from "#lib/testing/api-docs/scenario/channels.ts";
import { playNamespaces, playPolicyChanges } from "#lib/testing/api-docs/scenario/namespaces.ts";
import { playPeople } from "#lib/testing/api-docs/scenario/people.ts";
import { playTrust, playVersions } from "#lib/testing/api-docs/scenario/versions.ts";
import type { ApiStage } from "#lib/testing/api-docs/stage.ts";
import { setPassword } from "#lib/testing/set-password.ts";

/**
 * Every operation of the API at least once, in an order that makes sense, against the real routes.
 * @returns each call and its answer, in order.
 * @throws AssertionError for a refusal, or an answer that is not as the document says.
 */
export async function playScenario(stage: ApiStage, operations: readonly RoutedOperation[]): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const api = createApi(stage, operations, recorded);
  await setPassword(stage.people.member, firstPassword);
  await api("getApiDocument", { as: null });
  await playAccount(api, stage);
  await playPeople(api, stage);
  const { keyId } = await playNamespaces(api, stage);
  await playTrust(api, stage);
  await playVersions(api, stage);
  await playChannels(api);
  await playPolicyChanges(api, keyId);
  await playAudit(api, stage);
  return recorded;
}
