import { expect, it } from "vitest";
import { hashSecret, mintSecret, readSecret } from "#lib/access/tokens/secret.ts";

it("mints secrets that read back as their kind", () => {
  for (const prefix of ["cst", "css", "csc"] as const) {
    const { secret, hash } = mintSecret(prefix);
    expect(secret).toMatch(/^(cst|css|csc)_[0-9A-Za-z]{49}$/);
    expect(readSecret(secret)).toBe(prefix);
    expect(hash).toBe(hashSecret(secret));
    expect(hash).not.toContain(secret.slice(4));
  }
});

it("never mints the same twice", () => {
  expect(new Set(Array.from({ length: 200 }, () => mintSecret("cst").secret)).size).toBe(200);
});

it("refuses look-alikes without asking anybody", () => {
  const { secret } = mintSecret("cst");
  const flipped = secret[20] === "A" ? "B" : "A";
  expect(readSecret(secret.slice(0, 20) + flipped + secret.slice(21))).toBeNull();
  expect(readSecret(secret.replace("cst_", "csx_"))).toBeNull();
  expect(readSecret(`${secret} `)).toBeNull();
  expect(readSecret(`${secret}\n`)).toBeNull();
  expect(readSecret("")).toBeNull();
});
