import { expect, it } from "vitest";
import { AskedBefore } from "#lib/resolver/http/asked-before.ts";

const questions = Array.from({ length: 1000 }, (_, at) => `/v0.1/servers?search=${at.toString(36)}`);

it("knows what was asked before, and hardly anything else", () => {
  const asked = new AskedBefore();
  expect(questions.filter((question) => asked.note(question)).length).toBeLessThan(3);
  expect(questions.filter((question) => asked.note(question)).length).toBeGreaterThan(950);
});

it("takes the empty question for one", () => {
  const asked = new AskedBefore();
  expect([asked.note(""), asked.note("")]).toEqual([false, true]);
});

it("forgets what others take the place of, and goes on", () => {
  const asked = new AskedBefore(2);
  for (const question of questions) asked.note(question);
  expect(questions.slice(0, 900).filter((question) => asked.note(question)).length).toBeLessThan(10);
  expect([asked.note("again"), asked.note("again")]).toEqual([false, true]);
});
