import fc from "fast-check";
import { expect, it } from "vitest";
import { VersionIndex } from "#lib/resolver/catalogue/version-index.ts";

const many = 3;
const servers = ["a", "b", "c", "d", "e"];
const versions = ["1.0.0", "1.0.0+x", "2.0.0"];
const step = fc.record({ server: fc.constantFrom(...servers), has: fc.subarray(versions) });

it("knows exactly who has a version, until very many ever had it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const index = new VersionIndex(many);
      const state = new Map<string, string[]>();
      const common = new Set<string>();
      for (const { server, has } of steps) {
        index.remove(server, state.get(server) ?? []);
        state.set(server, has);
        index.add(server, has);
        for (const version of versions) {
          const expected = servers.filter((each) => state.get(each)?.includes(version));
          if (expected.length > many) common.add(version);
          const found = index.serversOf(version);
          expect(found && [...found].sort(), version).toEqual(common.has(version) ? null : expected);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("counts a version that a server has twice once", () => {
  const index = new VersionIndex();
  index.add("a", ["1.0.0", "1.0.0"]);
  expect(index.serversOf("1.0.0")).toEqual(["a"]);
  index.remove("a", ["1.0.0", "1.0.0"]);
  expect(index.serversOf("1.0.0")).toEqual([]);
});
