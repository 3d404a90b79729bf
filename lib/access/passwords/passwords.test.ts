import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "#lib/access/passwords/hash.ts";
import { assertAcceptablePassword } from "#lib/access/passwords/policy.ts";

describe("hashing", () => {
  it("stores the parameters it used and a new salt each time", async () => {
    const [one, two] = await Promise.all([
      hashPassword("correct horse battery"),
      hashPassword("correct horse battery"),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
  });

  it("accepts the password, in any Unicode form, and nothing else", async () => {
    const stored = await hashPassword("caf\u00e9 au lait, s'il vous pla\u00eet");
    expect(await verifyPassword("cafe\u0301 au lait, s'il vous plai\u0302t", stored)).toBe(true);
    expect(await verifyPassword("cafe au lait, s'il vous plait", stored)).toBe(false);
    expect(await verifyPassword("", stored)).toBe(false);
  });

  it("answers false without a hash, after the same work", async () => {
    const stored = await hashPassword("correct horse battery");
    const time = async (hash: string | null) => {
      const start = performance.now();
      expect(await verifyPassword("something else", hash)).toBe(false);
      return performance.now() - start;
    };
    await time(null);
    const [known, unknown] = [await time(stored), await time(null)];
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it("does not take a broken hash for a wrong password", async () => {
    await expect(verifyPassword("x", "$2b$10$abcdefghijklmnopqrstuv")).rejects.toThrow(/expected form/);
  });
});

describe("policy", () => {
  const about = ["ann.smith@example.com", "Ann Smith"];
  it.each([
    ["short", "elevenchars"],
    ["one character", "aaaaaaaaaaaaaaaa"],
    ["a sequence", "abcdefghijklmnop"],
    ["the address", "ann.smith@example.com"],
    ["the address with a tail", "ann.smith@example.com1"],
    ["too long", "ab3$X".repeat(300)],
  ])("refuses %s without repeating it", (_what, password) => {
    let message = "";
    try {
      assertAcceptablePassword(password, about);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/invalid-input/);
    expect(message).not.toContain(password);
  });

  it.each(["four calm grey herons", "Tr0ub4dor&3-and-more", "пароль из слов"])("accepts %s", (password) => {
    expect(() => assertAcceptablePassword(password, about)).not.toThrow();
  });
});
