import { describe, expect, test } from "vitest";
import { defaultThresholds, readTrustedRoot } from "#lib/signing/index.ts";
import { lintTrustedRoot } from "#lib/trust/lint.ts";
import { publicGoodRoot } from "#lib/trust/public-good.ts";

const json = () => JSON.parse(Buffer.from(publicGoodRoot().bytes).toString());
const lint = (value: object) => lintTrustedRoot(Buffer.from(JSON.stringify(value)));

test("the public-good root ships with the product and asks for every witness", () => {
  const root = readTrustedRoot(publicGoodRoot().bytes);
  expect(root.certificateAuthorities.length).toBeGreaterThan(0);
  expect(defaultThresholds(root)).toEqual({ tlog: 1, ctlog: 1, timestamp: 1 });
  expect(publicGoodRoot().issuers).toContain("https://token.actions.githubusercontent.com");
  expect(lintTrustedRoot(publicGoodRoot().bytes)).toEqual([]);
});

describe("a root that must not be used", () => {
  test.each(["tlogs", "ctlogs"])("%s without a start date", (part) => {
    const root = json();
    delete root[part][0].publicKey.validFor.start;
    expect(lint(root)).toEqual([{ pointer: `/${part}/0/publicKey/validFor/start`, detail: expect.any(String) }]);
  });

  test.each(["certificateAuthorities", "timestampAuthorities"])("%s without a period", (part) => {
    const root = json();
    delete root[part][0].validFor;
    expect(lint(root)).toEqual([{ pointer: `/${part}/0/validFor`, detail: expect.any(String) }]);
  });

  test("a timestamp authority without its root", () => {
    const root = json();
    root.timestampAuthorities[0].certChain.certificates.length = 1;
    expect(lint(root)).toHaveLength(1);
  });

  test("bytes that are no JSON, or say something twice", () => {
    expect(lintTrustedRoot(Buffer.from("{"))).toHaveLength(1);
    expect(lintTrustedRoot(Buffer.from('{"tlogs":[],"tlogs":[]}'))).toHaveLength(1);
  });
});
