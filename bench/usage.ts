export type Usage = { rssBytes: number; cpuMs: number };

/** What this process holds, and how much processor time it has used so far. */
export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage().rss, cpuMs: (user + system) / 1000 };
}
