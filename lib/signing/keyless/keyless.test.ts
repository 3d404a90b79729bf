import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  assertTokenMayBeSent,
  KeylessSigningFailed,
  keylessSigner,
  publicGoodSigning,
  SigningConfiguration,
  TokenNotSent,
} from "#lib/signing/keyless/index.ts";
import { signPublishStatement } from "#lib/signing/sign-publish.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import {
  name,
  openWorkshop,
  registryId,
  toManifest,
  version,
  type Workshop,
  workflowClaims,
  workflowRule,
} from "#lib/testing/signing/workshop.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

const publish = { manifestBytes: toManifest(), name, version, registryId };

function token(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.c2ln`;
}

describe("an identity token", () => {
  const own = { ...publicGoodSigning, certificateAuthority: "https://fulcio.acme.example", audience: "acme-fulcio" };

  test("goes to the public-good instance when it is for sigstore", () => {
    expect(() => assertTokenMayBeSent(token({ aud: "sigstore" }), publicGoodSigning)).not.toThrow();
    expect(() => assertTokenMayBeSent(token({ aud: ["sigstore"] }), publicGoodSigning)).not.toThrow();
  });

  test("goes to an authority of one's own when it is for that one", () => {
    expect(() => assertTokenMayBeSent(token({ aud: "acme-fulcio" }), own)).not.toThrow();
  });

  test.each<[string, unknown, SigningConfiguration]>([
    ["for sigstore, to an authority a registry advertises", { aud: "sigstore" }, own],
    ["for sigstore, to an authority that says it is sigstore's", { aud: "sigstore" }, { ...own, audience: "sigstore" }],
    ["for sigstore and somebody else, to that one", { aud: ["acme-fulcio", "sigstore"] }, own],
    ["for sigstore and somebody else, to sigstore", { aud: ["sigstore", "acme-fulcio"] }, publicGoodSigning],
    ["for somebody else, to sigstore", { aud: "acme-fulcio" }, publicGoodSigning],
    ["for nobody", {}, own],
    ["that is a list", [], own],
  ])("%s stays here", (_what, claims, configuration) => {
    expect(() => assertTokenMayBeSent(token(claims), configuration)).toThrow(TokenNotSent);
  });

  test.each(["", "a.b", "a.b.c.d", "a.!!.c", `a.${"x".repeat(17_000)}.c`])(
    "that is no JWT stays here: %.20s",
    (text) => {
      expect(() => assertTokenMayBeSent(text, publicGoodSigning)).toThrow(TokenNotSent);
    },
  );
});

describe("a signing configuration", () => {
  const good = {
    audience: "a",
    certificateAuthority: "https://x.example",
    transparencyLog: null,
    timestampAuthority: "https://t.example",
  };
  test.each([
    ["plain http beyond this machine", { certificateAuthority: "http://x.example" }],
    ["plain http to a look-alike of this machine", { certificateAuthority: "http://127.0.0.1.evil.example" }],
    ["a password in an address", { certificateAuthority: "https://a:b@x.example" }],
    ["another protocol", { timestampAuthority: "file:///etc/passwd" }],
    ["nothing that tells the time", { timestampAuthority: null }],
    ["an unknown member", { extra: true }],
  ])("with %s is refused", (_what, change) => {
    expect(SigningConfiguration.safeParse(good).success).toBe(true);
    expect(SigningConfiguration.safeParse({ ...good, ...change }).success).toBe(false);
  });
});

describe("signing without a key of one's own", () => {
  test("for an e-mail address, with log version 2", async () => {
    const identityToken = await workshop.sigstore.mintToken({ email: "ann@acme.example" });
    const { url } = workshop.sigstore;
    const signingConfig = { ...workshop.sigstore.signingConfig, transparencyLog: { url, version: 2 as const } };
    const bundle = await signPublishStatement({ ...publish, signer: keylessSigner({ identityToken, signingConfig }) });
    expect(verifyUpload(workshop.toInput(bundle, { rules: [workflowRule] }))).toMatchObject({
      ok: false,
      code: "rule-mismatch",
      identity: { kind: "email", email: "ann@acme.example" },
      trustRootSlug: "demo",
    });
  });

  test.each([
    ["a token signed by somebody else", (good: string) => `${good.split(".").slice(0, 2).join(".")}.${"A".repeat(86)}`],
    ["a token without signature", (good: string) => `${good.split(".").slice(0, 2).join(".")}.`],
  ])("fails with %s, and the token is in no message", async (_what, change) => {
    const identityToken = change(await workshop.sigstore.mintToken(workflowClaims));
    const { signingConfig } = workshop.sigstore;
    const signer = keylessSigner({ identityToken, signingConfig });
    const error = await signPublishStatement({ ...publish, signer }).catch((reason) => reason);
    expect(error).toBeInstanceOf(KeylessSigningFailed);
    expect(error).toMatchObject({ code: "CA_CREATE_SIGNING_CERTIFICATE_ERROR" });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(identityToken.slice(0, 40));
  });

  test("a token that must stay here never reaches the advertised address", async () => {
    let requests = 0;
    const server: Server = createServer((_request, response) => {
      requests += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const signingConfig = {
      audience: "sigstore",
      certificateAuthority: url,
      transparencyLog: { url, version: 1 as const },
      timestampAuthority: null,
    };
    expect(() => keylessSigner({ identityToken: token({ aud: "sigstore", sub: "x" }), signingConfig })).toThrow(
      TokenNotSent,
    );
    await new Promise((resolve) => server.close(resolve));
    expect(requests).toBe(0);
  });
});
