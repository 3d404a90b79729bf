import type { ArgumentView, PackageView } from "#lib/manifest/view.ts";
import { compareInputs } from "#lib/reviews/changes/inputs.ts";
import { compareKeyed, type Keyed, numberDuplicates } from "#lib/reviews/changes/keyed.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

/** Packages by registry and identifier; then, of each, arguments, environment and transport headers. */
export function comparePackages(before: readonly PackageView[], after: readonly PackageView[]): ChangeView[] {
  const [old, now] = [toKeyed(before), toKeyed(after)];
  const own = compareKeyed(old, now, describePackage).map(
    ({ key, kind, from, to, pointer }): ChangeView => ({
      area: "package",
      kind,
      label: key,
      before: from ? describePackage(from.value) : null,
      after: to ? describePackage(to.value) : null,
      pointer: pointer ?? "/packages",
    }),
  );
  const byKey = new Map(numberDuplicates(old).map(({ key, value }) => [key, value]));
  const inside = numberDuplicates(now).flatMap((entry) => compareInside(byKey.get(entry.key) ?? null, entry));
  return [...own, ...inside];
}

function toKeyed(packages: readonly PackageView[]): Keyed<PackageView>[] {
  return packages.map((value, index) => ({
    key: `${value.registryType} ${value.identifier}`,
    value,
    pointer: `/packages/${index}`,
  }));
}

function compareInside(before: PackageView | null, { key: owner, value, pointer }: Keyed<PackageView>): ChangeView[] {
  const argument = (list: "runtimeArguments" | "packageArguments") =>
    compareInputs(
      before?.[list] ?? [],
      value[list],
      { owner, area: "argument", pointer: `${pointer}/${list}` },
      keyOfArgument,
    );
  const environment = `${pointer}/environmentVariables`;
  const headers = `${pointer}/transport/headers`;
  return [
    ...argument("runtimeArguments"),
    ...argument("packageArguments"),
    ...compareInputs(before?.environment ?? [], value.environment, {
      owner,
      area: "environment",
      pointer: environment,
    }),
    ...compareInputs(before?.transport.headers ?? [], value.transport.headers, {
      owner,
      area: "environment",
      pointer: headers,
    }),
  ];
}

/** A positional argument is its place: another order is another command line. */
function keyOfArgument(argument: ArgumentView, index: number): string {
  if (argument.type === "named" && argument.name) return argument.name;
  return `argument ${index + 1}${argument.name ? ` (${argument.name})` : ""}`;
}

function describePackage(entry: PackageView): string {
  const { version, fileSha256, registryBaseUrl, runtimeHint, transport } = entry;
  const facts = [
    version === null ? "no version" : `version ${version}`,
    registryBaseUrl === null ? null : `from ${registryBaseUrl}`,
    fileSha256 === null ? null : `sha256 ${fileSha256}`,
    runtimeHint === null ? null : `run by ${runtimeHint}`,
    `transport ${transport.type}${transport.url === null ? "" : ` ${transport.url}`}`,
  ];
  return facts.filter((fact) => fact !== null).join(", ");
}
