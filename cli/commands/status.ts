import type { Command } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readVersionArgument } from "../files/version-argument.ts";
import { openRegistry, type RegistryOptions, versionPath } from "../http/registry.ts";
import { StatusAnswer } from "../http/shapes.ts";
import { raw, type Style, safe, safeBlock, safeTable } from "../terminal/safe-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { describePins } from "./manifest-output.ts";

const colours: Readonly<Record<string, Style>> = { approved: "green", pending: "yellow" };

/** Where one version stands, with the reviewer's reason. */
export const status: Command<RegistryOptions & { target: string }> = async ({ terminal, env }, options) => {
  const { name, version } = readVersionArgument(options.target);
  if (version === null) {
    throw new Failure(EXIT.usage, "bad-argument", safe`Name a version: ${name}@1.0.0`);
  }
  const registry = await openRegistry(env, options);
  const ask = () => registry.get(versionPath(name, version), StatusAnswer);
  const found = await terminal.progress(safe`Asking ${registry.address}`, ask);
  terminal.result({ ok: true, registry: registry.address, version: found });
  printStatus(terminal, found);
  return EXIT.done;
};

function printStatus(terminal: Terminal, found: StatusAnswer): void {
  const state = terminal.style(colours[found.state] ?? "red", safe`${found.state}`);
  const marks = [found.isLatest ? "latest" : "", found.deprecated ? "deprecated" : ""].filter((mark) => mark !== "");
  const rows = safeTable([
    ["manifest", safe`${found.manifestDigest}`],
    ["received", safe`${found.receivedAt} from ${found.uploader}`],
    ["published", safe`${found.publishedAt}`],
    ["expires", safe`${found.expiresAt}`],
    ["marks", safe`${marks.join(", ")}`],
  ]);
  terminal.print(safe`${raw(state)}  ${found.name} ${found.version}`, ...rows, ...describePins(found.pins));
  if (found.statusMessage) terminal.print(safe`  reason`, safeBlock(found.statusMessage, "    "));
}
