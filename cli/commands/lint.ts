import { maxManifestBytes } from "#lib/core/identifiers.ts";
import { extractPins, validateManifest } from "#lib/manifest/index.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { readInputFile } from "../files/read-file.ts";
import { raw, safe } from "../terminal/safe-text.ts";
import { countIssues, describePins, printIssues } from "./manifest-output.ts";

/** Everything the registry would say about a manifest, without asking it. */
export const lint: Command<{ file: string }> = async ({ terminal }, { file }) => {
  const bytes = await readInputFile(file, maxManifestBytes * 4);
  const { manifest, issues } = validateManifest(bytes);
  const pins = manifest ? extractPins(manifest) : [];
  const ok = manifest !== null;
  const { name, version } = manifest ?? { name: null, version: null };
  terminal.result({ ok, file, name, version, issues, pins });
  printIssues(terminal, issues);
  const counted = countIssues(issues);
  if (!manifest) terminal.print(safe`${raw(terminal.style("red", safe`not valid`))}  ${file}  ${raw(counted)}`);
  else {
    const verdict = terminal.style("green", safe`valid`);
    terminal.print(safe`${raw(verdict)}  ${manifest.name} ${manifest.version}  ${raw(counted)}`, ...describePins(pins));
  }
  return ok ? EXIT.done : EXIT.manifestInvalid;
};
