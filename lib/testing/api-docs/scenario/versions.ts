import { sampleManifest } from "#lib/manifest/sample.ts";
import type { Api } from "#lib/testing/api-docs/scenario/api.ts";
import type { ApiStage } from "#lib/testing/api-docs/stage.ts";

const name = "com.acme/weather";
const at = (version: string) => ({ params: { namespace: "com.acme", server: "weather", version } });

/** One version is published, approved and revoked; another is rejected, reopened and withdrawn. */
export async function playVersions(api: Api, stage: ApiStage): Promise<void> {
  const first = await publish(api, stage, "1.0.0");
  await api("listVersions", { as: "publisher", params: { namespace: "com.acme", server: "weather" } });
  await api("getVersion", { as: "publisher", ...at("1.0.0") });
  await api("listReviews", { as: "reviewer", query: { namespace: "com.acme" } });
  const review = await api("getReview", { as: "reviewer", params: first });
  const approval = { reviewDigest: review.reviewDigest, expiresAt: review.expiry.suggested };
  await api("approveVersion", { as: "reviewer", params: first, body: approval });
  const second = await publish(api, stage, "1.1.0");
  const { reviewDigest } = await api("getReview", { as: "reviewer", params: second });
  const reason = "It asks for a secret that it has no use for.";
  await api("rejectVersion", { as: "reviewer", params: second, body: { reviewDigest, reason } });
  await api("reopenVersion", { ...at("1.1.0"), body: { reason: "The use was explained." } });
  await api("withdrawVersion", { as: "publisher", ...at("1.1.0"), body: { reason: "A better one follows." } });
  await api("revokeVersion", { as: "reviewer", ...at("1.0.0"), body: { reason: "It leaks its token into logs." } });
  await api("getEvidence", { as: "auditor", ...at("1.0.0") });
}

/** What a publisher may try before, and where to sign. */
export async function playTrust(api: Api, { registry }: ApiStage): Promise<void> {
  const { manifestBytes: manifest, bundleBytes: bundle } = await registry.sign({ ...sampleManifest, name });
  await api("getSigningConfiguration", { as: null });
  await api("testRules", { params: { namespace: "com.acme" }, parts: { manifest, bundle } });
  await api("listTrustRoots");
}

async function publish(api: Api, { registry }: ApiStage, version: string): Promise<{ versionId: string }> {
  const { manifestBytes, bundleBytes } = await registry.sign({ ...sampleManifest, name, version });
  await api("publishVersion", { as: "publisher", parts: { manifest: manifestBytes, bundle: bundleBytes } });
  const { versions } = await api("listVersions", {
    as: "publisher",
    params: { namespace: "com.acme", server: "weather" },
  });
  const found = versions.find((each: { version: string }) => each.version === version);
  return { versionId: found.id };
}
