import { openHostileStage } from "#lib/testing/hostile/stage.ts";

// The stage in a process of its own, so that its memory can be weighed. Speaks over the channel to its parent.

export type Weighing = { rssBytes: number; connections: number };

process.on("disconnect", () => process.exit(0));
const stage = await openHostileStage({ keepAliveMs: 600_000, headersMs: 600_000, requestMs: 600_000 });
process.on("message", async () => {
  globalThis.gc?.();
  const weighing: Weighing = { rssBytes: process.memoryUsage().rss, connections: await stage.countConnections() };
  process.send?.(weighing);
});
process.send?.({ port: stage.port });
