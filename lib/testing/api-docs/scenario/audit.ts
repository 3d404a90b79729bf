import { recordRefusal } from "#lib/ledger/index.ts";
import type { Api } from "#lib/testing/api-docs/scenario/api.ts";
import type { ApiStage } from "#lib/testing/api-docs/stage.ts";

/** As verification leaves it of an upload that no rule matched. */
const identity = {
  kind: "github-actions",
  issuer: "https://token.actions.githubusercontent.com",
  repository: "https://github.com/acme/weather",
  repositoryId: "123",
  ownerId: "45",
  workflow: ".github/workflows/release.yml",
  ref: "refs/tags/v1.0.0",
  trigger: "push",
  runnerEnvironment: "github-hosted",
  deploymentEnvironment: null,
  sha: "0123456789abcdef0123456789abcdef01234567",
  subjectAlternativeName: "https://github.com/acme/weather/.github/workflows/release.yml@refs/tags/v1.0.0",
  runUrl: null,
};

/** An auditor reads; an administrator makes a rule of what was refused. */
export async function playAudit(api: Api, { registry }: ApiStage): Promise<void> {
  const ctx = { ...registry.as(registry.publisher), now: () => new Date() };
  const details = { identity, trustRootSlug: "public-good" };
  const subject = "com.acme/weather@1.0.0";
  const refusal = await recordRefusal(ctx, { kind: "publish", namespace: "com.acme", subject, details });
  const seq = String(refusal?.seq);
  const as = "auditor";
  await api("listEvents", { as, query: { action: "version.revoke", limit: "1" } });
  await api("getEvent", { as, params: { seq: "1" } });
  await api("listRefusals", { as, query: { namespace: "com.acme", limit: "1" } });
  await api("getRefusal", { as, params: { seq } });
  await api("getChainStates", { as });
  await api("exportAudit", { as });
  await api("prefillRule", { query: { seq } });
}
