import { expect, it } from "vitest";
import { RateLimiter } from "#lib/http/rate.ts";

it("lets a burst through, then so many per second, each key by itself", () => {
  const limiter = new RateLimiter({ burst: 2, perSecond: 1 });
  limiter.take("a", 0);
  limiter.take("a", 0);
  expect(() => limiter.take("a", 0)).toThrow(/rate-limited/);
  limiter.take("b", 0);
  expect(() => limiter.take("a", 999)).toThrow(/rate-limited/);
  limiter.take("a", 1000);
  limiter.take("a", 60_000);
  limiter.take("a", 60_000);
  expect(() => limiter.take("a", 60_000)).toThrow(/rate-limited/);
});

it("keeps at most so many keys, forgetting the one unused for longest", () => {
  const limiter = new RateLimiter({ burst: 1, perSecond: 0.001 }, 2);
  limiter.take("a", 0);
  limiter.take("b", 0);
  limiter.take("c", 0);
  limiter.take("a", 0);
  expect(() => limiter.take("c", 0)).toThrow(/rate-limited/);
});
