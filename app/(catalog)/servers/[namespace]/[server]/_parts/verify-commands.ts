import { shellQuote } from "#lib/core/escape.ts";
import { approvalPredicateType } from "#lib/core/identifiers.ts";

export type VerifyCommands = { online: string; save: string; offline: string; cosign: string };

/**
 * The commands that check one version. Null when a name or version cannot stand in a command that a person can read;
 * nothing the publisher wrote gets into a command unquoted.
 * @param channel slug of the channel to read from; null for the registry's own address.
 */
export function toVerifyCommands(
  registryId: string,
  { name, version }: { name: string; version: string },
  channel: string | null,
): VerifyCommands | null {
  const target = `${name}@${version}`;
  const from = ["--registry", registryId, ...(channel === null ? [] : ["--channel", channel])];
  const verify = ["npx", "--no-install", "countersign", "verify"];
  const files = ["--manifest", "evidence/server.json", "--bundle", "evidence/bundle.json"];
  const trust = ["--approval", "evidence/approval.json", "--trusted-root", "evidence/trusted-root.json"];
  const cosign = ["cosign", "verify-blob-attestation", "--key", "evidence/registry.pub", "--private-infrastructure"];
  const about = [
    "--type",
    approvalPredicateType(registryId),
    "--bundle",
    "evidence/approval.json",
    "evidence/server.json",
  ];
  try {
    return {
      online: shellQuote([...verify, target, ...from, "--require-status"]),
      save: shellQuote([...verify, target, ...from, "--save", "evidence"]),
      offline: shellQuote([...verify, ...files, ...trust, "--registry-key", "evidence/key-set.json"]),
      cosign: shellQuote([...cosign, ...about]),
    };
  } catch {
    return null;
  }
}
