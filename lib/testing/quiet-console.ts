import { afterEach, beforeEach, vi } from "vitest";

// Unexpected console output fails the test; a test that expects output replaces the spy with its own.
const methods = ["log", "info", "warn", "error", "debug"] as const;

beforeEach(() => {
  for (const method of methods) vi.spyOn(console, method).mockImplementation(refuse(method));
});

afterEach(() => {
  vi.restoreAllMocks();
});

function refuse(method: string) {
  return (...args: unknown[]): never => {
    throw new Error(`Unexpected console.${method}: ${args.map(String).join(" ")}`);
  };
}
