import { beforeEach, describe, expect, it } from "vitest";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import { OpenChannels } from "#lib/resolver/follow/open-channels.ts";
import type { AccessRecord } from "#lib/resolver/source.ts";
import { channelRow, secretRow, secretText, tokenRow, tokenText } from "#lib/resolver/testing/channels.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { now } from "#lib/resolver/testing/registry.ts";

const catalogue = new Catalogue(now);
const team = channelRow("team", { audience: "token", serveV0: true });
const other = channelRow("other", { audience: "token" });
const sealed = channelRow("sealed", { audience: "capability" });
const open = channelRow("open");
const [ann, ben, secret] = [tokenText("a"), tokenText("b"), secretText("s")];
const soon = new Date(now + 1000);
const full: AccessRecord = {
  channels: [team, other, sealed, open],
  secrets: [secretRow(sealed, secret)],
  tokens: [tokenRow(ann, [team, other]), tokenRow(ben, [team])],
};
const withoutAnn: AccessRecord = { ...full, tokens: full.tokens.slice(1) };
const withoutBen: AccessRecord = { ...full, tokens: full.tokens.slice(0, 1) };
const at = (seq: number) => ({ seq: BigInt(seq), sha256: `h${seq}`, at: seq });
const make = (access: AccessRecord) => Channels.load(catalogue, { access, placements: [] }, recordingLog());

let channels: OpenChannels;
beforeEach(async () => {
  channels = new OpenChannels();
  channels.prepare()(await make(full), at(10));
});

const admits = (token: string, channel = team, time = now) =>
  channels.shown?.readers.findByToken(token, channel.id, time)?.admitted === true;
const opens = (text: string, time = now) => channels.shown?.readers.findBySecret(text, sealed.id, time) !== null;

describe("of two readings that overlap", () => {
  it("a withdrawal that reaches further holds, until channels are read after it", async () => {
    const takeOver = channels.prepare();
    channels.prepareWithdrawal()(withoutAnn, at(12));
    expect([admits(ann), admits(ben), channels.isNarrowed]).toEqual([false, true, true]);
    takeOver(await make(full), at(11));
    expect([admits(ann), admits(ben), channels.isNarrowed]).toEqual([false, true, true]);
    channels.prepare()(await make(withoutAnn), at(12));
    expect([admits(ann), admits(ben), channels.isNarrowed]).toEqual([false, true, false]);
  });

  it("channels that reach further are what holds, whichever ends last", async () => {
    const [takeOver, late] = [channels.prepare(), channels.prepareWithdrawal()];
    channels.prepareWithdrawal()(withoutAnn, at(12));
    takeOver(await make(full), at(13));
    late(withoutBen, at(11));
    expect([admits(ann), admits(ben), channels.isNarrowed]).toEqual([true, true, false]);
  });

  it("a withdrawal that ends last and reaches further holds", async () => {
    const [takeOver, late] = [channels.prepare(), channels.prepareWithdrawal()];
    takeOver(await make(withoutBen), at(11));
    late(withoutAnn, at(12));
    expect([admits(ann), admits(ben)]).toEqual([false, false]);
  });
});

it("of two readings one after the other the later holds, also when the ledger was set back in between", async () => {
  channels.prepareWithdrawal()(withoutAnn, at(4));
  expect(admits(ann)).toBe(false);
  channels.prepare()(await make(full), at(3));
  expect([admits(ann), channels.isNarrowed]).toEqual([true, false]);
});

it("what was withdrawn before channels are known is never given", async () => {
  channels = new OpenChannels();
  const takeOver = channels.prepare();
  channels.prepareWithdrawal()(withoutAnn, at(12));
  expect(channels.shown).toBeNull();
  takeOver(await make(full), at(11));
  expect([admits(ann), admits(ben)]).toEqual([false, true]);
});

it("the last withdrawal counts, and gives back nothing of what is known to be taken", async () => {
  channels.prepareWithdrawal()(withoutAnn, at(11));
  channels.prepareWithdrawal()(withoutBen, at(12));
  expect([admits(ann), admits(ben)]).toEqual([true, false]);
  channels.prepare()(await make(withoutAnn), at(13));
  channels.prepareWithdrawal()(full, at(14));
  expect(admits(ann)).toBe(false);
});

describe("a withdrawal", () => {
  const withdraw = (changes: Partial<AccessRecord>) => channels.prepareWithdrawal()({ ...full, ...changes }, at(11));
  const shown = () => [...["team", "other", "sealed", "open"]].filter((slug) => channels.shown?.find(slug));

  it("takes secrets, and channels of a token", () => {
    withdraw({ secrets: [], tokens: full.tokens.map((token) => ({ ...token, channels: [team.id] })) });
    expect([opens(secret), admits(ann), admits(ann, other)]).toEqual([false, true, false]);
  });

  it("ends what ends earlier, and never what ends later", async () => {
    const later = { secrets: [{ ...secretRow(sealed, secret), id: full.secrets[0]?.id ?? "", expiresAt: soon }] };
    const tokens = full.tokens.map((token) => ({ ...token, expiresAt: soon }));
    withdraw({ ...later, tokens });
    expect([opens(secret), opens(secret, now + 1000)]).toEqual([true, false]);
    expect([admits(ann), admits(ann, team, now + 1000)]).toEqual([true, false]);
    channels.prepare()(await make({ ...full, ...later, tokens }), at(12));
    channels.prepareWithdrawal()(full, at(13));
    expect([opens(secret, now + 1000), admits(ann, team, now + 1000)]).toEqual([false, false]);
  });

  it("ends what has no time that makes sense", () => {
    const nonsense = Number.POSITIVE_INFINITY as unknown as Date;
    withdraw({ tokens: full.tokens.map((token) => ({ ...token, expiresAt: nonsense })) });
    expect(admits(ann)).toBe(false);
  });

  it("closes channels that are gone, disabled, another, or for others", () => {
    withdraw({
      channels: [
        { ...team, disabled: true, serveV0: false },
        { ...other, id: sealed.id },
        { ...open, audience: "token" },
      ],
    });
    expect(shown()).toEqual(["team"]);
    expect(channels.shown?.find("team")).toMatchObject({ disabled: true, serveV0: false });
  });

  it("gives no channel, no reader and no secret", () => {
    const late = channelRow("late");
    const cara = tokenText("c");
    const more = secretText("t");
    withdraw({
      channels: [...full.channels, late],
      tokens: [...full.tokens, tokenRow(cara, [team])].map((token) => ({ ...token, channels: [team.id, other.id] })),
      secrets: [...full.secrets, secretRow(sealed, more)],
    });
    expect(channels.shown?.find("late")).toBeNull();
    expect([admits(cara), opens(more), admits(ben, other), admits(ben)]).toEqual([false, false, false, true]);
  });

  it("opens nothing that is disabled, and shows what was shown", async () => {
    channels.prepare()(await make({ ...full, channels: [{ ...team, disabled: true }, open] }), at(11));
    const { view } = channels.known?.find("open") ?? {};
    channels.prepareWithdrawal()({ ...full, channels: [team, { ...open, selection: {} }] }, at(12));
    expect(channels.shown?.find("team")?.disabled).toBe(true);
    expect(channels.shown?.find("open")?.view).toBe(view);
  });
});
