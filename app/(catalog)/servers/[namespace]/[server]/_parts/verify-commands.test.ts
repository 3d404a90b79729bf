import { expect, it } from "vitest";
import { toVerifyCommands } from "./verify-commands.ts";

const registry = "https://registry.example.com";

it("names the version and the registry", () => {
  expect(toVerifyCommands(registry, "com.acme/weather", "1.0.0")?.online).toBe(
    "npx --no-install countersign verify com.acme/weather@1.0.0 --registry https://registry.example.com --require-status",
  );
});

it.each(["1.0.0$(id)", "1.0.0`id`", "1.0.0;id", "1.0.0' || id #", '1.0.0"'])("quotes %s", (version) => {
  const commands = toVerifyCommands(registry, "com.acme/weather", version);
  const quoted = `'${`com.acme/weather@${version}`.replaceAll("'", "'\\''")}'`;
  expect(commands?.online).toContain(` ${quoted} `);
  expect(commands?.save).toContain(` ${quoted} `);
});

it.each(["1.0.0\nid", "1.0.0\u202e", "1.0.0\u200b"])("prints no command for %j", (version) => {
  expect(toVerifyCommands(registry, "com.acme/weather", version)).toBeNull();
});
