import { afterAll } from "vitest";

// Files share processes: each begins with the environment the run has, and with nothing of the product's in this process.
const environment = { ...process.env };
for (const key of Object.keys(globalThis)) if (key.startsWith("countersign")) Reflect.deleteProperty(globalThis, key);

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
