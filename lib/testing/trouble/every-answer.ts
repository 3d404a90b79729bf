import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { db } from "#lib/db/client.ts";
import type { TestPlane } from "#lib/resolver/testing/plane.ts";

/** Everything a reader can be asked for: of every version the database has, whether shown or not. */
export async function listPaths(base: string): Promise<string[]> {
  const rows = await db().version.findMany({
    select: {
      version: true,
      manifestDigest: true,
      server: { select: { name: true } },
      approvals: { select: { sha256: true } },
      bundles: { select: { sha256: true } },
    },
  });
  const paths = ["", "&include_deleted=true", "&version=latest", "&search=aa"].map(
    (more) => `${base}/servers?limit=100${more}`,
  );
  for (const name of new Set(rows.map(({ server }) => server.name))) {
    const server = `${base}/servers/${encodeURIComponent(name)}/versions`;
    paths.push(server, `${server}?include_deleted=true`, `${server}/latest`);
  }
  for (const row of rows) {
    const version = `${base}/servers/${encodeURIComponent(row.server.name)}/versions/${row.version}`;
    const blob = (kind: string, digest: string) => `${base}/x/countersign/${kind}/${digest}`;
    const blobs = [
      blob("manifest", row.manifestDigest),
      ...row.approvals.map(({ sha256 }) => blob("approval", `sha256:${sha256}`)),
      ...row.bundles.map(({ sha256 }) => blob("bundle", `sha256:${sha256}`)),
    ];
    for (const path of [version, ...blobs]) paths.push(path, `${path}?include_deleted=true`);
  }
  return paths;
}

/** What a reader answers to each path, and page by page to a walk of everything since 1970, as one comparable value. */
export async function askEverything(plane: TestPlane, bases: readonly string[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const askAt = async (path: string) => ask(plane.port, path, agent);
  for (const base of bases) {
    await Promise.all(
      (await listPaths(base)).map(async (path) => {
        answers[path] = toComparable(await askAt(path));
      }),
    );
    let path = `${base}/servers?limit=2&updated_since=1970-01-01T00:00:00Z`;
    for (let page = 0; path !== ""; page++) {
      const { body } = await askAt(path);
      answers[`${base} page ${page}`] = body;
      const { metadata } = JSON.parse(body) as { metadata?: { nextCursor?: string } };
      path = metadata?.nextCursor ? `${base}/servers?limit=2&cursor=${metadata.nextCursor}` : "";
    }
  }
  agent.destroy();
  return answers;
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

async function ask(port: number, path: string, agent: Agent): Promise<Answer> {
  const [answer] = (await once(request({ host: "127.0.0.1", port, path, agent }).end(), "response")) as [
    IncomingMessage,
  ];
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** Bodies of refusals carry the id of their request, so their status and code stand for them. */
function toComparable({ status, headers, body }: Answer): string {
  if (status >= 400) return `${status} ${(JSON.parse(body) as { code: string }).code}`;
  return `${status} ${headers.etag} ${headers["cache-control"]} ${body}`;
}
