import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, host, nobody, password, tokenOf } from "#lib/testing/access-stage.ts";
import { refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("the first administrator", () => {
  it("joins by a link that works once, and never again once an admin exists", async () => {
    expect(await access.hasAdmin()).toBe(false);
    const early = await access.createBootstrapLink(stage.at(host));
    const link = await access.createBootstrapLink(stage.at(host));
    const input = { email: "first@example.com", name: "First", password };
    expect(await refusal(() => access.consumeBootstrap(stage.at(nobody), { ...input, token: tokenOf(early) }))).toBe(
      "link-expired",
    );
    const weak = { ...input, token: tokenOf(link), password: "password" };
    expect(await refusal(() => access.consumeBootstrap(stage.at(nobody), weak))).toBe("invalid-input");
    stage.clock.advance(15 * 60_000);
    expect(await refusal(() => access.consumeBootstrap(stage.at(nobody), { ...input, token: tokenOf(link) }))).toBe(
      "link-expired",
    );
    stage.clock.advance(-60_000);
    await access.consumeBootstrap(stage.at(nobody), { ...input, token: tokenOf(link) });
    expect((await stage.signIn("first@example.com")).grants).toEqual([{ role: "admin", namespace: "*" }]);
    expect(await refusal(() => access.createBootstrapLink(stage.at(host)))).toBe("state-conflict");
    const again = { ...input, email: "second@example.com", token: tokenOf(link) };
    expect(await refusal(() => access.consumeBootstrap(stage.at(nobody), again))).toBe("link-expired");
  });

  it("keeps only the hash of the link's token, and gives links to the host alone", async () => {
    const row = await db().oneTimeLink.findFirstOrThrow({ where: { kind: "bootstrap" } });
    expect(row.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await refusal(() => access.createBootstrapLink(stage.at(nobody)))).toBe("forbidden");
  });
});
