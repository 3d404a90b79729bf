import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as channels from "#lib/channels/index.ts";
import type { ChannelAudience } from "#lib/channels/view.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { AccessStage } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { everything, readLastEntry } from "#lib/testing/channels.ts";
import { refusalOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
const hourMs = 3_600_000;
let admin: PersonActor;
let slug: string;

beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
  slug = await make("capability");
});

async function make(audience: ChannelAudience): Promise<string> {
  const made = { slug: `c-${randomUUID().slice(0, 8)}`, label: "Partners", audience, selection: everything };
  return (await channels.createChannel(stage.at(admin), made)).slug;
}

const rotate = (overlapHours: unknown) => channels.rotateSecret(stage.at(admin), { slug, overlapHours });
const states = async () => (await channels.getChannel(stage.at(admin), { slug })).secrets.map(({ state }) => state);

describe("rotateSecret", () => {
  it("gives a new address, and lets the one before answer until the overlap is over", async () => {
    const { address, secrets } = await rotate(24);
    expect(secrets.map(({ state }) => state).sort()).toEqual(["active", "ending"]);
    const ending = secrets.find(({ state }) => state === "ending");
    expect(ending?.expiresAt).toBe(new Date(stage.clock.now().getTime() + 24 * hourMs).toISOString());
    expect(address).toContain(`/c/${slug}/csc_`);
    expect(await readLastEntry()).toMatchObject({ action: "channel.rotate", subject: slug });
    expect((await readLastEntry()).body).not.toContain(address.slice(-20));
    stage.clock.advance(24 * hourMs);
    expect((await states()).sort()).toEqual(["active", "expired"]);
  });

  it("without overlap ends the old address at once", async () => {
    await rotate(0);
    expect((await states()).sort()).toEqual(["active", "expired"]);
  });

  it("never lets an address answer longer than an earlier rotation said", async () => {
    await rotate(1);
    const first = (await rotate(720)).secrets.map(({ expiresAt }) => expiresAt);
    expect(first).toContain(new Date(stage.clock.now().getTime() + hourMs).toISOString());
    const after = (await rotate(0)).secrets.map(({ state }) => state);
    expect(after.sort()).toEqual(["active", "expired", "expired", "expired"]);
  });

  it("keeps no more than twenty addresses answering", async () => {
    for (let made = 1; made < 20; made++) await rotate(720);
    expect(await states()).toHaveLength(20);
    expect(await refusalOf(() => rotate(720))).toBe("conflict");
    await rotate(0);
    expect((await states()).filter((state) => state !== "expired")).toEqual(["active"]);
  });

  it("refuses without writing", async () => {
    const member = await createPerson({}, stage.clock.now());
    const refused = (input: object, who = admin) => refusalOf(() => channels.rotateSecret(stage.at(who), input));
    expect(await refused({ slug, overlapHours: 721 })).toBe("invalid-input");
    expect(await refused({ slug, overlapHours: -1 })).toBe("invalid-input");
    expect(await refused({ slug, overlapHours: 0.5 })).toBe("invalid-input");
    expect(await refused({ slug })).toBe("invalid-input");
    expect(await refused({ slug: "none", overlapHours: 1 })).toBe("not-found");
    expect(await refused({ slug: "default", overlapHours: 1 })).toBe("state-conflict");
    expect(await refused({ slug: await make("token"), overlapHours: 1 })).toBe("state-conflict");
    expect(await refused({ slug, overlapHours: 1 }, member)).toBe("forbidden");
    stage.clock.advance(hourMs);
    expect(await refused({ slug, overlapHours: 1 })).toBe("reauthentication-required");
  });
});

describe("revokeSecret", () => {
  it("ends one address at once, without a fresh sign-in, with one event", async () => {
    const [secret] = (await channels.getChannel(stage.at(admin), { slug })).secrets;
    stage.clock.advance(hourMs);
    const revoke = () => channels.revokeSecret(stage.at(admin), { slug, id: secret?.id });
    expect((await revoke()).secrets).toMatchObject([{ id: secret?.id, state: "revoked" }]);
    expect(await readLastEntry()).toMatchObject({ action: "channel.revoke-secret", subject: slug });
    expect(await refusalOf(revoke)).toBe("allowed");
  });

  it("finds only the channel's own secrets", async () => {
    const [secret] = (await channels.getChannel(stage.at(admin), { slug })).secrets;
    const member = await createPerson({}, stage.clock.now());
    const refused = (input: object, who = admin) => refusalOf(() => channels.revokeSecret(stage.at(who), input));
    expect(await refused({ slug: await make("capability"), id: secret?.id })).toBe("not-found");
    expect(await refused({ slug, id: randomUUID() })).toBe("not-found");
    expect(await refused({ slug, id: "x" })).toBe("invalid-input");
    expect(await refused({ slug, id: secret?.id }, member)).toBe("forbidden");
    expect(await states()).toEqual(["active"]);
  });
});
