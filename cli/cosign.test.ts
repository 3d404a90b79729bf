import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifyUpload } from "#lib/signing/index.ts";
import { importManagedKey } from "#lib/signing/managed-key.ts";

// Made by cosign 3.1.3 as docs/publish.md tells, with a key of its own and no log.
const read = (file: string) => readFileSync(new URL(`./fixtures/cosign-3.1.3/${file}`, import.meta.url));
const registryId = "https://registry.acme.example";

function verify(
  bundle: string,
  change: { registryId?: string; allowMessageSignatures?: boolean; manifest?: Buffer } = {},
) {
  const { hint, spkiPem, algorithm } = importManagedKey(read("cosign.pub").toString("utf8"));
  const allowMessageSignatures = change.allowMessageSignatures ?? true;
  const verdict = verifyUpload({
    manifestBytes: change.manifest ?? read("server.json"),
    bundleBytes: read(bundle),
    name: "com.acme/weather",
    version: "1.2.0",
    registryId: change.registryId ?? registryId,
    now: Date.parse("2026-11-22T20:00:00Z"),
    trustRoots: [],
    managedKeys: [
      { id: "key-1", label: "cosign", hint, spkiPem, algorithm, notBefore: 0, notAfter: null, revokedAt: null },
    ],
    rules: [{ id: "rule-1", kind: "key", managedKeyId: "key-1", allowMessageSignatures, label: "cosign" }],
  });
  return verdict.ok ? verdict.upload.kind : verdict.code;
}

describe("bundles of the real cosign", () => {
  it("are accepted: an attestation, and a bare signature where the rule allows it", () => {
    expect(verify("attestation.json")).toBe("dsse");
    expect(verify("signature.json")).toBe("message");
    expect(verify("attestation.json", { allowMessageSignatures: false })).toBe("dsse");
    expect(verify("signature.json", { allowMessageSignatures: false })).toBe("message-signature-not-allowed");
  });

  it("are refused for another registry or other bytes", () => {
    const manifest = Buffer.from(read("server.json").toString("utf8").replace("Weather", "Wether "));
    expect(verify("attestation.json", { registryId: "https://other.example" })).toBe("statement-predicate-type");
    expect(verify("attestation.json", { manifest })).toBe("statement-digest");
    expect(verify("signature.json", { manifest })).toMatch(/^(signature-invalid|message-digest)$/);
  });
});
