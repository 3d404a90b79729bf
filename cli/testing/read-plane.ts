import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import { encodeKeySet, type KeySet } from "#lib/signing/index.ts";
import type { SignedVersion } from "./signed-version.ts";
import type { Handler, Reply } from "./web-server.ts";

export type Served = {
  version: SignedVersion;
  keySet: KeySet;
  keySetRegistry?: string;
  /** Where alone it is read; `/v0.1` without. */
  base?: string;
  status?: string;
  statusMessage?: string;
  approvalBytes?: Buffer;
  /** Bytes served in place of the right ones. */
  swapped?: Partial<Record<"manifest" | "bundle" | "approval" | "trusted-root", Uint8Array>>;
};

/** The read plane of a registry that shows one version, as far as `verify` uses it. `served` may change meanwhile. */
export function readPlane(served: () => Served): Handler {
  return ({ path }) => {
    const { version, keySet, keySetRegistry, base = "/v0.1", swapped = {}, ...shown } = served();
    if (!path.startsWith(`${base}/`)) return null;
    const [address = ""] = path.replace(base, "/v0.1").split("?");
    if (address === "/v0.1/x/countersign/keys") {
      return { body: encodeKeySet(keySet, keySetRegistry ?? version.registryId) };
    }
    if (address.startsWith("/v0.1/servers/"))
      return answerEntry(version, shown, address, path.includes("include_deleted=true"));
    const approval = shown.approvalBytes ?? version.approvalBytes;
    const blobs = {
      manifest: version.manifestBytes,
      bundle: version.bundleBytes,
      approval,
      "trusted-root": version.trustRootBytes,
    };
    for (const [kind, bytes] of Object.entries(blobs)) {
      if (address !== `/v0.1/x/countersign/${kind}/${digestOf(bytes)}`) continue;
      return { body: swapped[kind as keyof typeof swapped] ?? bytes };
    }
    return null;
  };
}

function answerEntry(version: SignedVersion, shown: Partial<Served>, address: string, deleted: boolean): Reply | null {
  const { name, version: number } = version.predicate;
  const status = shown.status ?? "active";
  const base = `/v0.1/servers/${encodeURIComponent(name)}/versions`;
  if (address !== `${base}/${number}` && address !== `${base}/latest`) return null;
  if (status === "deleted" && !deleted) return null;
  const statusMessage = shown.statusMessage === undefined ? {} : { statusMessage: shown.statusMessage };
  const digest = digestOf(shown.approvalBytes ?? version.approvalBytes);
  const bundle = { digest: digestOf(version.bundleBytes), trustRoot: `sha256:${sha256Hex(version.trustRootBytes)}` };
  const ours = { manifest: { digest: digestOf(version.manifestBytes) }, bundles: [bundle], approval: { digest } };
  const official = { status, ...statusMessage };
  const meta = { "io.modelcontextprotocol.registry/official": official, "countersign/approval": ours };
  return { body: { server: JSON.parse(version.manifestBytes.toString("utf8")), _meta: meta } };
}
