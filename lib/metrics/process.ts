import { readdir } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Family } from "#lib/metrics/exposition.ts";

/**
 * Starts watching this process and returns what collects its state: processor, memory, open files, event loop delay.
 * The delay is that since the last look, so one monitoring system should look.
 */
export function describeProcess(): () => Promise<Family[]> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedAt = Date.now() / 1000 - process.uptime();
  return async () => {
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const openFiles = await countOpenFiles();
    const delays = toDelaySamples(delay);
    delay.reset();
    return [
      counter("process_cpu_seconds_total", "Processor time used.", (user + system) / 1e6),
      gauge("process_resident_memory_bytes", "Resident memory.", rss),
      gauge("process_start_time_seconds", "Start of the process, in seconds since 1970.", startedAt),
      ...(openFiles === null ? [] : [gauge("process_open_fds", "Open file descriptors.", openFiles)]),
      gauge("nodejs_heap_size_used_bytes", "JavaScript heap in use.", heapUsed),
      gauge("nodejs_external_memory_bytes", "Memory of buffers outside the JavaScript heap.", external),
      {
        ...gauge("nodejs_eventloop_delay_seconds", "Delay of the event loop since the last look.", 0),
        samples: delays,
      },
    ];
  };
}

function toDelaySamples(delay: ReturnType<typeof monitorEventLoopDelay>): Family["samples"] {
  // The watch itself waits for its interval, which is no delay.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - 0.01) || 0;
  const at = (quantile: string, value: number) => ({
    suffix: "" as const,
    labels: { quantile },
    value: seconds(value),
  });
  if (delay.count === 0) return [at("0.5", 0), at("0.99", 0), at("1", 0)];
  return [at("0.5", delay.percentile(50)), at("0.99", delay.percentile(99)), at("1", delay.max)];
}

/** Null where the system does not say. */
async function countOpenFiles(): Promise<number | null> {
  return (await readdir("/proc/self/fd").catch(() => null))?.length ?? null;
}

function gauge(name: string, help: string, value: number): Family {
  return { name, help, type: "gauge", samples: [{ suffix: "", labels: {}, value }] };
}

function counter(name: string, help: string, value: number): Family {
  return { ...gauge(name, help, value), type: "counter" };
}
