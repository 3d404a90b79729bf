import { describe, expect, it } from "vitest";
import { findLoosening, keepChanged, readSettings, type Settings } from "./settings.ts";

const before: Settings = { requiredApprovals: 2, lifetimeDays: 90, unpinned: "refuse", maxPending: 20 };

describe("findLoosening", () => {
  it("names each change that takes protection away", () => {
    expect(findLoosening(before, { ...before, requiredApprovals: 1 })).toEqual(["fewer approvals (2 to 1)"]);
    expect(findLoosening(before, { ...before, lifetimeDays: 180, unpinned: "allow" })).toEqual([
      "a longer lifetime (90 to 180 days)",
      "accepting unpinned packages",
    ]);
  });

  it("finds nothing in tightening, or in no change", () => {
    expect(findLoosening(before, before)).toEqual([]);
    expect(
      findLoosening({ ...before, unpinned: "allow" }, { ...before, requiredApprovals: 3, lifetimeDays: 30 }),
    ).toEqual([]);
  });
});

describe("readSettings", () => {
  it("reads the form and leaves out what is no number", () => {
    const form = new FormData();
    form.set("requiredApprovals", "3");
    form.set("lifetimeDays", "x");
    form.set("unpinned", "allow");
    expect(readSettings(form, before)).toEqual({ ...before, requiredApprovals: 3, unpinned: "allow" });
  });
});

it("sends only what differs", () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...before, lifetimeDays: "30" })) form.set(name, String(value));
  form.set("name", "com.acme");
  keepChanged(form, before);
  expect(Object.fromEntries(form)).toEqual({ name: "com.acme", lifetimeDays: "30" });
});
