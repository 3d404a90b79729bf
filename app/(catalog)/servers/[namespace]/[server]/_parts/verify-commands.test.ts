import { expect, it } from "vitest";
import { toVerifyCommands } from "./verify-commands.ts";

const registry = "https://registry.example.com";
const name = "com.acme/weather";

it("names the version and the registry", () => {
  expect(toVerifyCommands(registry, { name, version: "1.0.0" }, null)?.online).toBe(
    "npx --no-install countersign verify com.acme/weather@1.0.0 --registry https://registry.example.com --require-status",
  );
});

it("names the channel that shows it, where the registry's own address does not", () => {
  const commands = toVerifyCommands(registry, { name, version: "1.0.0" }, "partners");
  for (const command of [commands?.online, commands?.save]) {
    expect(command).toContain(" --registry https://registry.example.com --channel partners ");
  }
});

it.each(["1.0.0$(id)", "1.0.0`id`", "1.0.0;id", "1.0.0' || id #", '1.0.0"'])("quotes %s", (version) => {
  const commands = toVerifyCommands(registry, { name, version }, null);
  const quoted = `'${`com.acme/weather@${version}`.replaceAll("'", "'\\''")}'`;
  expect(commands?.online).toContain(` ${quoted} `);
  expect(commands?.save).toContain(` ${quoted} `);
});

it.each(["1.0.0\nid", "1.0.0\u202e", "1.0.0\u200b"])("prints no command for %j", (version) => {
  expect(toVerifyCommands(registry, { name, version }, null)).toBeNull();
});
