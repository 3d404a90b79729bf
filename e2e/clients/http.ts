import { request } from "node:http";

export type Answer<Body = unknown> = { status: number; headers: Record<string, string>; body: Body };

/** One GET exactly as written: nothing encodes, normalises or follows. JSON is parsed, an empty body is null. */
export function get<Body = unknown>(url: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
  return send("GET", url, headers);
}

export function send<Body = unknown>(
  method: string,
  url: string,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const [, host = "", port = "", path = "/"] = /^http:\/\/([^/:]+):(\d+)(\/.*)$/.exec(url) ?? [];
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const status = response.statusCode ?? 0;
        const answered = response.headers as Record<string, string>;
        resolve({ status, headers: answered, body: (text === "" ? null : JSON.parse(text)) as Body });
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

export type Entry = {
  server: { name: string; version: string; description: string };
  _meta: Record<string, Record<string, unknown>>;
};
export type List = { servers: Entry[]; metadata: { count: number; nextCursor?: string } };

export const officialKey = "io.modelcontextprotocol.registry/official";
