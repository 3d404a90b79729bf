import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importManagedKey } from "#lib/signing/managed-key.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import { openWorkshop, toKeyRule, toManagedKey, type Workshop } from "#lib/testing/signing/workshop.ts";

// What cosign 3.1.3 wrote, byte for byte: `cosign sign-blob --key … --bundle …` and
// `cosign attest-blob --key … --type https://registry.acme.example/attestations/publish/v1 --bundle …`.
const manifestBytes = Buffer.from('{"name":"io.github.acme/weather","version":"1.2.0"}');
const spkiPem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5G1VGGL8eMzOuix0jPSLAeL1IhSM
U4WetU2Kde2ZGB5Cue/QF2nxH0fBG8uXZpDULmm/Wqyy2HefdefnTtih2w==
-----END PUBLIC KEY-----
`;
const signedBlob = `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial":{"publicKey":{"hint":"UbeGSiNxKX8StdGE8EYefaP81L0o6ghECtlT8T/HzoA="}}, "messageSignature":{"messageDigest":{"algorithm":"SHA2_256", "digest":"+NAvMWuFeouxSAynMLF63SsUQ7383axtzzoX1JsVJxk="}, "signature":"MEUCIQDRCUJdFgwuHdZ/KYOFdFax/jOvBtmOvvJm7dzamdAcsQIgJa8nzV61LxkoFETqr/JUJvjlj65Z14Hs7yRcqL4sT7U="}}`;
const attestedBlob = `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial":{"publicKey":{"hint":"UbeGSiNxKX8StdGE8EYefaP81L0o6ghECtlT8T/HzoA="}}, "dsseEnvelope":{"payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjAuMSIsICJzdWJqZWN0IjpbeyJuYW1lIjoic2VydmVyLmpzb24iLCAiZGlnZXN0Ijp7InNoYTI1NiI6ImY4ZDAyZjMxNmI4NTdhOGJiMTQ4MGNhNzMwYjE3YWRkMmIxNDQzYmRmY2RkYWM2ZGNmM2ExN2Q0OWIxNTI3MTkifX1dLCAicHJlZGljYXRlVHlwZSI6Imh0dHBzOi8vcmVnaXN0cnkuYWNtZS5leGFtcGxlL2F0dGVzdGF0aW9ucy9wdWJsaXNoL3YxIiwgInByZWRpY2F0ZSI6eyJuYW1lIjoiaW8uZ2l0aHViLmFjbWUvd2VhdGhlciIsICJyZWdpc3RyeSI6Imh0dHBzOi8vcmVnaXN0cnkuYWNtZS5leGFtcGxlIiwgInZlcnNpb24iOiIxLjIuMCJ9fQ==", "payloadType":"application/vnd.in-toto+json", "signatures":[{"sig":"MEUCIQD3hFhoAAGAPMIM8z/fhgYWdu7YJBkSw4w7UNre/YYcLgIgVI6mLkyv/k4EKDVTNsj/8xsx+XwhxOhkiDdRME3p99k="}]}}`;

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

function verify(bundle: string, changes: object = {}) {
  const managedKeys = [toManagedKey(importManagedKey(spkiPem))];
  const rules = [toKeyRule({ allowMessageSignatures: true })];
  return verifyUpload(workshop.toInput(Buffer.from(bundle), { manifestBytes, managedKeys, rules, ...changes }));
}

describe("bundles that cosign wrote", () => {
  test("by sign-blob", () => {
    expect(verify(signedBlob)).toMatchObject({ ok: true, upload: { kind: "message", identity: { kind: "key" } } });
    expect(verify(signedBlob, { rules: [toKeyRule()] })).toMatchObject({ code: "message-signature-not-allowed" });
  });

  test("by attest-blob", () => {
    expect(verify(attestedBlob)).toMatchObject({ ok: true, upload: { kind: "dsse", identity: { kind: "key" } } });
  });

  test("over other bytes", () => {
    const other = { manifestBytes: Buffer.from('{"name":"io.github.acme/weather","version":"1.2.0" }') };
    expect(verify(signedBlob, other)).toMatchObject({ code: "signature-invalid" });
    expect(verify(attestedBlob, other)).toMatchObject({ code: "statement-digest" });
  });
});
