import { describe, expect, it } from "vitest";
import { noGrants, toGrantChoice, toGrants } from "./grant-choice.ts";

describe("grants as a form", () => {
  it("grants nothing when nothing is chosen", () => {
    expect(toGrants(noGrants)).toEqual([]);
    expect(toGrants({ ...noGrants, reviewer: { mode: "some", names: [] } })).toEqual([]);
  });

  it("does not keep namespaces that were ticked before the role was taken away", () => {
    expect(toGrants({ ...noGrants, publisher: { mode: "none", names: ["io.github.acme"] } })).toEqual([]);
  });

  it("comes back as it was", () => {
    const grants = [
      { role: "admin", namespace: "*" },
      { role: "reviewer", namespace: "*" },
      { role: "publisher", namespace: "com.acme" },
      { role: "publisher", namespace: "io.github.acme" },
    ] as const;
    expect(toGrants(toGrantChoice(grants))).toEqual(grants);
  });

  it("shows a grant for all and one namespace as all", () => {
    const choice = toGrantChoice([
      { role: "reviewer", namespace: "*" },
      { role: "reviewer", namespace: "com.acme" },
    ]);
    expect(choice.reviewer).toEqual({ mode: "all", names: [] });
  });
});
