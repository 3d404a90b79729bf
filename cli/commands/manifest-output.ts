import type { Pin, ValidationIssue } from "#lib/manifest/view.ts";
import { raw, type SafeText, type Style, safe } from "../terminal/safe-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

const colours: Readonly<Record<ValidationIssue["severity"], Style>> = { error: "red", warning: "yellow", info: "dim" };

/** One line for each issue: severity, place, what is wrong, code. */
export function printIssues(terminal: Terminal, issues: readonly ValidationIssue[]): void {
  for (const { severity, pointer, message, code } of issues) {
    const label = terminal.style(colours[severity], safe`${severity.padEnd(7)}`);
    const place = terminal.style("bold", safe`${pointer || "/"}`);
    terminal.print(safe`${raw(label)}  ${raw(place)}  ${message}  ${raw(terminal.style("dim", safe`${code}`))}`);
  }
}

export function countIssues(issues: readonly ValidationIssue[]): SafeText {
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (errors + warnings === 0) return safe``;
  return safe`(${errors} error${errors === 1 ? "" : "s"}, ${warnings} warning${warnings === 1 ? "" : "s"})`;
}

/** What each package is pinned to; *unpinned* says why. */
export function describePins(pins: readonly Pin[]): SafeText[] {
  return pins.map(({ status, registryType, identifier, version, digest, reason }) => {
    const what = safe`${registryType} ${identifier}${raw(version === null ? safe`` : safe` ${version}`)}`;
    const to = digest === null ? safe`${reason}` : safe`${digest}`;
    return safe`  ${status.padEnd(8)}  ${raw(what)}  ${raw(to)}`;
  });
}
