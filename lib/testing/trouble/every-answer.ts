import { db } from "#lib/db/client.ts";
import { type Answer, askInTurn } from "#lib/testing/trouble/in-turn.ts";

/** Everything a reader can be asked for: of every version the database has, whether shown or not. */
export async function listPaths(bases: readonly string[]): Promise<string[]> {
  const rows = await db().version.findMany({
    select: {
      version: true,
      manifestDigest: true,
      server: { select: { name: true } },
      approvals: { select: { sha256: true } },
      bundles: { select: { sha256: true } },
    },
  });
  return bases.flatMap((base) => [
    ...listLists(base),
    ...[...new Set(rows.map(({ server }) => server.name))].flatMap((name) => listServer(base, name)),
    ...rows.flatMap((row) => listVersion(base, row)),
  ]);
}

/** The first sign of a difference, mostly. */
export function listLists(base: string): string[] {
  return ["", "&include_deleted=true", "&version=latest", "&search=aa"].map(
    (more) => `${base}/servers?limit=100${more}`,
  );
}

function listServer(base: string, name: string): string[] {
  const server = `${base}/servers/${encodeURIComponent(name)}/versions`;
  return [server, `${server}?include_deleted=true`, `${server}/latest`];
}

type VersionRow = {
  version: string;
  manifestDigest: string;
  server: { name: string };
  approvals: { sha256: string }[];
  bundles: { sha256: string }[];
};

function listVersion(base: string, row: VersionRow): string[] {
  const blob = (kind: string, digest: string) => `${base}/x/countersign/${kind}/${digest}`;
  const paths = [
    `${base}/servers/${encodeURIComponent(row.server.name)}/versions/${row.version}`,
    blob("manifest", row.manifestDigest),
    ...row.approvals.map(({ sha256 }) => blob("approval", `sha256:${sha256}`)),
    ...row.bundles.map(({ sha256 }) => blob("bundle", `sha256:${sha256}`)),
  ];
  return paths.flatMap((path) => [path, `${path}?include_deleted=true`]);
}

/** By path, or by page of a walk. */
export type Answers = Record<string, string>;

/**
 * What a reader answers to each path, and page by page to a walk of everything since 1970, as comparable values.
 * @param paths what else to ask than everything the database has.
 */
export async function askEverything(
  { port }: { port: number },
  bases: readonly string[],
  paths?: readonly string[],
): Promise<Answers> {
  const answers = await askPaths(port, paths ?? (await listPaths(bases)));
  for (const base of bases) Object.assign(answers, await askWalk(port, base));
  return answers;
}

export async function askPaths(port: number, paths: readonly string[]): Promise<Answers> {
  const answers = await askInTurn(port, paths);
  return Object.fromEntries(answers.map((answer, at) => [paths[at], toComparable(answer)]));
}

async function askWalk(port: number, base: string): Promise<Answers> {
  const pages: Answers = {};
  let path = `${base}/servers?limit=2&updated_since=1970-01-01T00:00:00Z`;
  for (let page = 0; path !== ""; page++) {
    const [body = ""] = (await askInTurn(port, [path])).map((answer) => answer.body);
    pages[`${base} page ${page}`] = body;
    const { metadata } = JSON.parse(body) as { metadata?: { nextCursor?: string } };
    path = metadata?.nextCursor ? `${base}/servers?limit=2&cursor=${metadata.nextCursor}` : "";
  }
  return pages;
}

/** Bodies of refusals carry the id of their request, so their status and code stand for them. */
function toComparable({ status, headers, body }: Answer): string {
  if (status >= 400) return `${status} ${(JSON.parse(body) as { code: string }).code}`;
  return `${status} ${headers.etag} ${headers["cache-control"]} ${body}`;
}
