import { requireOwner } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { maxBundleBytes, maxManifestBytes } from "#lib/core/identifiers.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { validateManifest } from "#lib/manifest/index.ts";
import { loadPublishPolicy, type PublishPolicy } from "#lib/publishers/policy.ts";
import { testRulesSchema } from "#lib/publishers/schemas.ts";
import { listRuleRows, type RuleRow } from "#lib/publishers/store.ts";
import { withTestSlot } from "#lib/publishers/test-slots.ts";
import { toRuleInput } from "#lib/publishers/to-rule-input.ts";
import { toRuleView } from "#lib/publishers/to-view.ts";
import type { RuleTestView } from "#lib/publishers/view.ts";
import { explainRule, type RuleSubject, type UploadVerdict, verifyUploadInWorker } from "#lib/signing/index.ts";

/**
 * Would this upload be let in, and if not, what does each rule of the namespace (active and proposed) compare? Stores
 * nothing, not even a refusal.
 * @throws DomainError `forbidden`, `not-found`, `payload-too-large`, `manifest-invalid` when it has no readable name,
 * `verification-busy`.
 */
export async function testRules(ctx: Ctx, input: unknown): Promise<RuleTestView> {
  const { namespace, manifestBytes, bundleBytes } = parseInput(testRulesSchema, input);
  const actor = requireOwner(ctx, namespace);
  if (manifestBytes.length > maxManifestBytes || bundleBytes.length > maxBundleBytes) {
    throw new DomainError("payload-too-large", "Manifest and bundle may hold 128 KiB each.");
  }
  const policy = await loadPublishPolicy(null, namespace, { lock: false });
  const rows = await transact((tx) => listRuleRows(tx, policy.namespace.id));
  const rules = rows.filter((row) => row.state !== "retired");
  const upload = { manifestBytes, bundleBytes, ...readName(manifestBytes) };
  const verdict = await withTestSlot(actor.personId, () => verify(ctx, policy, upload));
  return toTestView(verdict, rules, bundleBytes);
}

type Upload = { manifestBytes: Uint8Array; bundleBytes: Uint8Array; name: string; version: string };

function verify(ctx: Ctx, policy: PublishPolicy, upload: Upload): Promise<UploadVerdict> {
  const { rules, managedKeys, trustRoots } = policy;
  return verifyUploadInWorker({
    ...upload,
    registryId: ctx.registryId,
    now: ctx.now().getTime(),
    trustRoots,
    managedKeys: managedKeys.map(({ controllerIds, ...key }) => key),
    rules,
  });
}

function toTestView(verdict: UploadVerdict, rules: RuleRow[], bundleBytes: Uint8Array): RuleTestView {
  const { identity, trustRootSlug, refusal } = verdict.ok
    ? { identity: verdict.upload.identity, trustRootSlug: verdict.upload.trustRoot.slug, refusal: null }
    : { ...verdict, refusal: { code: verdict.code, check: verdict.check, detail: verdict.detail } };
  const subject: RuleSubject = { kind: readKind(bundleBytes), trustRootSlug: trustRootSlug ?? "" };
  const explained = rules.map((row) => {
    const view = toRuleView(row);
    return identity
      ? { rule: view, ...explainRule(toRuleInput(row), identity, subject) }
      : { rule: view, matches: false, checks: [] };
  });
  return { verified: verdict.ok, refusal, identity, rules: explained };
}

/** Only read of a bundle whose identity was verified: by then it has exactly one of the two forms. */
function readKind(bundleBytes: Uint8Array): "dsse" | "message" {
  return Buffer.from(bundleBytes).includes('"dsseEnvelope"') ? "dsse" : "message";
}

function readName(manifestBytes: Uint8Array): { name: string; version: string } {
  const { manifest, issues } = validateManifest(manifestBytes);
  if (manifest) return { name: manifest.name, version: manifest.version };
  const errors = issues.filter((issue) => issue.severity === "error");
  const fields = errors.map(({ pointer, message, code }) => ({ pointer, detail: message, code }));
  throw new DomainError("manifest-invalid", "The manifest must be valid before its signature can be tried.", {
    fields,
  });
}
