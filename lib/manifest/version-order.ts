/** The official rule for "latest". Versions of servers are mostly, but need not be, semantic ones. */

type Semver = { numbers: readonly string[]; prerelease: readonly string[] };

const form =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/**
 * Positive when `a` is the higher version. Semantic versions (exactly three parts, a leading `v` allowed, build
 * metadata ignored) compare as such and beat all others; 0 when the texts alone do not decide.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  if (!left || !right) return Number(left !== null) - Number(right !== null);
  return compareNumbers(left.numbers, right.numbers) || comparePrerelease(left.prerelease, right.prerelease);
}

export type Release = { version: string /** First approval, milliseconds since 1970. */; publishedAt: number };

/**
 * Total order of releases, positive when `a` is the later one: by version; among versions that are not semantic the
 * later published; among equal semantic ones the earlier published; at last by bytes, so that every reader agrees.
 */
export function compareReleases(a: Release, b: Release): number {
  const order = compareVersions(a.version, b.version);
  if (order !== 0) return order;
  const later = a.publishedAt - b.publishedAt;
  if (later !== 0) return parse(a.version) ? -later : later;
  return Buffer.compare(Buffer.from(b.version), Buffer.from(a.version));
}

/** Whether the new version takes `latest` by a jump a reviewer should notice: a higher major, or the first semantic one. */
export function isMajorJump(oldVersion: string, newVersion: string): boolean {
  const [before, after] = [parse(oldVersion), parse(newVersion)];
  if (!after) return false;
  return before ? compareNumeric(after.numbers[0] ?? "0", before.numbers[0] ?? "0") > 0 : true;
}

function parse(text: string): Semver | null {
  const match = form.exec(text);
  if (!match) return null;
  const prerelease = match[4]?.split(".") ?? [];
  const strict = prerelease.every((part) => !/^0\d+$/.test(part));
  return strict ? { numbers: match.slice(1, 4).map(String), prerelease } : null;
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (const [at, number] of a.entries()) {
    const order = compareNumeric(number, b[at] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

/** By length first: numbers may be longer than a JavaScript number holds. */
function compareNumeric(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [at, part] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const order = compareIdentifier(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifier(a: string, b: string): number {
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left && right) return compareNumeric(a, b);
  return left === right ? compareText(a, b) : Number(right) - Number(left);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
