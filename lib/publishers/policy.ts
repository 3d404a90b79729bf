import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import {
  findNamespace,
  type KeyRow,
  listActiveRootRows,
  listKeyRows,
  listOwnerIds,
  listRuleRows,
  lockNamespace,
  type NamespaceFacts,
} from "#lib/publishers/store.ts";
import { toRuleInput } from "#lib/publishers/to-rule-input.ts";
import type { ManagedKeyInput, PublisherRuleInput, TrustRootInput, TrustThresholds } from "#lib/signing/index.ts";

export type PolicyKey = ManagedKeyInput & {
  /** People who hold the private key: they never approve what it signed. */ controllerIds: string[];
};

/** Who may publish into a namespace and what it then takes: everything publishing and approving decide by. Plain data. */
export type PublishPolicy = {
  namespace: NamespaceFacts;
  /** Ids of the people who own it. */
  owners: string[];
  /** Active rules only. */
  rules: PublisherRuleInput[];
  /** All keys of the namespace, revoked ones too: verification says why one does not count. */
  managedKeys: PolicyKey[];
  trustRoots: TrustRootInput[];
  /** Hex SHA-256 over all of the above but labels and the pending cap: differs whenever a decision could. */
  policySha256: string;
};

/**
 * Reads a namespace's policy.
 * @param tx null for a transaction of its own, which sees one snapshot.
 * @param lock takes the namespace's lock until the transaction ends, which every change of its policy, rules and keys
 * takes too: what was read stays true until commit.
 * @throws DomainError `not-found`. Asks nobody for permission: the caller did.
 */
export async function loadPublishPolicy(
  tx: Tx | null,
  namespaceName: string,
  { lock }: { lock: boolean },
): Promise<PublishPolicy> {
  if (tx === null) {
    return transact((own) => loadPublishPolicy(own, namespaceName, { lock }), { isolation: "RepeatableRead" });
  }
  const namespace = await (lock ? lockNamespace : findNamespace)(tx, namespaceName);
  if (!namespace) throw new DomainError("not-found", "There is no such namespace.");
  const facts = {
    namespace,
    owners: await listOwnerIds(tx, namespace.id),
    rules: (await listRuleRows(tx, namespace.id)).filter((row) => row.state === "active").map(toRuleInput),
    managedKeys: (await listKeyRows(tx, namespace.id)).map(toPolicyKey),
    trustRoots: (await listActiveRootRows(tx)).map(toTrustRootInput),
  };
  return { ...facts, policySha256: digestPolicy(facts) };
}

function toPolicyKey(row: KeyRow): PolicyKey {
  const { id, label, hint, spkiPem, algorithm, controllerIds } = row;
  return {
    id,
    label,
    hint,
    spkiPem,
    algorithm,
    controllerIds,
    notBefore: row.notBefore.getTime(),
    notAfter: row.notAfter?.getTime() ?? null,
    revokedAt: row.revokedAt?.getTime() ?? null,
  };
}

type RootRow = Awaited<ReturnType<typeof listActiveRootRows>>[number];

function toTrustRootInput(row: RootRow): TrustRootInput {
  const { slug, label, version, sha256, demo, issuers } = row;
  const thresholds = row.thresholds as TrustThresholds;
  return { slug, label, version, sha256, demo, issuers, thresholds, bytes: new Uint8Array(row.bytes) };
}

function digestPolicy({
  namespace,
  owners,
  rules,
  managedKeys,
  trustRoots,
}: Omit<PublishPolicy, "policySha256">): string {
  const { name, requiredApprovals, lifetimeDays, unpinned } = namespace;
  return sha256Hex(
    canonicalBytes({
      namespace: { name, requiredApprovals, lifetimeDays, unpinned },
      owners,
      rules: rules.map(({ label, ...rule }) => rule).sort(byId),
      keys: managedKeys.map(({ label, spkiPem, ...key }) => key).sort(byId),
      trustRoots: trustRoots.map(({ slug, version, sha256, issuers, thresholds }) => ({
        slug,
        version,
        sha256,
        issuers,
        thresholds,
      })),
    }),
  );
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
