import { expect, it } from "vitest";
import { seal, unseal } from "#lib/access/seal.ts";

const secret = "a secret of the instance, long enough";

it("opens what it sealed", () => {
  expect(unseal(seal("JBSWY3DP", secret, "totp:1"), secret, "totp:1")).toBe("JBSWY3DP");
});

it("opens nothing for another purpose, secret or after a changed byte", () => {
  const sealed = seal("JBSWY3DP", secret, "totp:1");
  expect(() => unseal(sealed, secret, "totp:2")).toThrow();
  expect(() => unseal(sealed, `${secret}!`, "totp:1")).toThrow();
  const bytes = Buffer.from(sealed, "base64");
  for (const index of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => unseal(changed.toString("base64"), secret, "totp:1")).toThrow();
  }
});

it("never makes the same bytes twice", () => {
  expect(seal("x", secret, "p")).not.toBe(seal("x", secret, "p"));
});
