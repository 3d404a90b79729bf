import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as channels from "#lib/channels/index.ts";
import type { Clause, Selection } from "#lib/channels/view.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage } from "#lib/testing/access-stage.ts";
import { plantServer, readMoves } from "#lib/testing/channels.ts";

const stage = new AccessStage();
const names = ["com.acme/a", "com.acme/b", "com.beta/c", "io.github.x/d", "io.github.y/e"];
const tagPool = ["one", "two", "three"];
const clausePool: Clause[] = [
  { namespace: "*" },
  { namespace: "com.acme" },
  { namespace: "io.github.*" },
  { server: "com.beta/c" },
  { tag: "one" },
  { tag: "two", namespace: "com.acme" },
];
const slugs = ["first", "second"];
let admin: PersonActor;

beforeAll(async () => {
  await stage.open();
  admin = await stage.admin();
  for (const name of names) await plantServer(name);
  for (const slug of slugs) {
    const draft = { slug, label: slug, audience: "anonymous", selection: { include: [{ tag: "one" }], exclude: [] } };
    await channels.createChannel(stage.at(admin), draft);
  }
});
afterAll(() => stage.close());

/** A small generator with a seed, so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pickSome<T>(random: (below: number) => number, from: readonly T[]): T[] {
  return from.filter(() => random(3) === 0);
}

/** Who is shown where, and when that last changed, kept by asking after every step. */
class Membership {
  readonly #shown = new Map<string, boolean>();
  readonly moves = new Map<string, Date>();

  async look(at: Date | null): Promise<void> {
    const rows = await db().channel.findMany({ where: { slug: { in: slugs } } });
    const servers = await db().server.findMany({ include: { tags: true } });
    for (const { slug, selection } of rows) {
      const isShown = channels.toSelector(selection as Selection);
      for (const { name, tags } of servers) {
        const key = `${slug} ${name}`;
        const is = isShown({ name, tags: tags.map(({ tag }) => tag) });
        if (at !== null && this.#shown.get(key) !== is) this.moves.set(key, at);
        this.#shown.set(key, is);
      }
    }
  }
}

describe("after any edits and tags", () => {
  it.each([1, 2, 3, 4, 5, 6])("moves say when each server last crossed (seed %i)", async (seed) => {
    const random = createRandom(seed);
    const membership = new Membership();
    await db().channelMove.deleteMany();
    await membership.look(null);
    for (let step = 0; step < 25; step++) {
      stage.clock.advance(random(3) * 1000 - 1000);
      const before = await db().ledgerHead.findUniqueOrThrow({ where: { id: 1 } });
      await doSomething(random);
      const after = await db().ledgerHead.findUniqueOrThrow({ where: { id: 1 } });
      expect(after.seq - before.seq).toBeLessThanOrEqual(1n);
      await membership.look(after.at);
    }
    for (const slug of slugs) {
      const expected = [...membership.moves].filter(([key]) => key.startsWith(`${slug} `));
      const moves = Object.entries(await readMoves(slug)).map(([name, at]) => [`${slug} ${name}`, at] as const);
      expect(new Map(moves)).toEqual(new Map(expected));
    }
    expect(membership.moves.size).toBeGreaterThan(0);
  });
});

async function doSomething(random: (below: number) => number): Promise<void> {
  const ctx = stage.at(admin);
  if (random(2) === 0) {
    const name = names[random(names.length)];
    await channels.tagServer(ctx, { name, tags: pickSome(random, tagPool) });
    return;
  }
  const slug = slugs[random(slugs.length)];
  const { edition } = await channels.getChannel(ctx, { slug });
  const selection = { include: pickSome(random, clausePool), exclude: pickSome(random, clausePool.slice(1)) };
  await channels.updateChannel(ctx, { slug, edition, selection });
}
