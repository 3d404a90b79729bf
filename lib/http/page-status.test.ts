import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerPage, notePageUnavailable } from "#lib/http/page-status.ts";

/** As the framework does: the status is set, and the head leaves with the first byte. */
const pages = createServer((request, response) => {
  const [, status, noted] = (request.url ?? "").split("/");
  answerPage(response, async () => {
    await sleep(5);
    if (noted) notePageUnavailable();
    await sleep(20);
    response.statusCode = Number(status);
    response.setHeader("x-page", "yes");
    response.end("page");
  });
});
let url: string;

beforeAll(async () => {
  await once(pages.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
});
afterAll(() => {
  pages.closeAllConnections();
  pages.close();
});

it.each([
  ["/500/noted", 503, "2"],
  ["/500", 500, null],
  ["/200/noted", 200, null],
  ["/404/noted", 404, null],
])("%s leaves as %i", async (at, status, retryAfter) => {
  const answer = await fetch(url + at);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, retryAfter]);
  expect([answer.headers.get("x-page"), await answer.text()]).toEqual(["yes", "page"]);
});

it("what one page notes is not another's that is made at the same time", async () => {
  const asked = ["/500/noted", "/500", "/500/noted", "/500"].map((at) => fetch(url + at));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses).toEqual([503, 500, 503, 500]);
});

it("outside of any page there is nothing to note", () => {
  expect(notePageUnavailable()).toBeUndefined();
});
