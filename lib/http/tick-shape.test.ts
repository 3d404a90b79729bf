import { expect, it } from "vitest";
import { keptTickObject, makeTickObject } from "#lib/http/tick-shape.ts";

it("is what the engine makes, and each time another", () => {
  const [one, other] = [makeTickObject(), makeTickObject()];
  expect(one).toMatchObject({ callback: expect.any(Function) });
  expect(other).not.toBe(one);
});

it("is kept by whoever imports this", () => {
  expect(keptTickObject).toMatchObject({ callback: expect.any(Function) });
});

it("lets the process go on as it was: nothing is looked at afterwards", async () => {
  const made = makeTickObject() as { callback: () => void };
  const { callback } = made;
  await new Promise<void>((resolve) => process.nextTick(resolve));
  expect(made.callback).toBe(callback);
});
