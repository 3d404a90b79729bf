import { spawnSync } from "node:child_process";
import path from "node:path";
import { ask } from "../fixtures/api.ts";
import { makeMachine } from "../fixtures/machine.ts";
import { expect, test } from "../fixtures/test.ts";

// What the demo prints is pasted into a shell, word by word.

const root = path.resolve(import.meta.dirname, "../..");

function printed(beginning: RegExp): string[] {
  const lines = `${process.env.E2E_OUTPUT}`.split("\n").map((line) => line.trim());
  return lines.filter((line) => beginning.test(line));
}

function paste(command: string, home: string) {
  const env = { PATH: process.env.PATH, HOME: home, NODE_ENV: "production" as const };
  return spawnSync("sh", ["-c", command], { cwd: root, env, encoding: "utf8" });
}

test("the commands that the demo prints do what it says", async () => {
  const home = makeMachine();
  const [approved, refused] = printed(/^curl /);
  expect(JSON.parse(paste(`${approved}`, home).stdout).server.name).toBe("app.linear/linear");
  expect(JSON.parse(paste(`${refused}`, home).stdout)).toMatchObject({ status: 404 });
  const commands = printed(/^npx --no-install countersign /);
  expect(commands.map((command) => command.split(" ")[3])).toEqual(["verify", "login", "publish"]);
  for (const command of commands) {
    const { status, stdout, stderr } = paste(command, home);
    expect({ status, output: status === 0 ? "" : stdout + stderr }, command).toEqual({ status: 0, output: "" });
  }
  const { state } = await ask("publisher", "GET", "/api/v1/versions/app.linear/linear/1.1.0");
  expect(state).toBe("pending");
});
