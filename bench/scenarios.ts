import { sparseChannel } from "./file-source.ts";

/** What is asked, in the words of the result table; `closely` in more rounds. */
export type Scenario = { name: string; urls: string[]; headers?: string[]; unique?: true; closely?: true };

type Entry = { server: { name: string; version: string } };
type Page = { servers: Entry[]; metadata: { nextCursor?: string } };

/** As many at every size of the catalogue: the smallest has no more, and what is asked again stays near the processor. */
const sampleSize = 45;
const maxPages = 200;

/** Requests made from what the server itself lists, so that they work with any catalogue that speaks v0.1. */
export async function makeScenarios(base: string): Promise<Scenario[]> {
  const pages = await walk(base);
  const all = pages.flatMap((page) => page.servers);
  const step = Math.max(1, Math.floor(all.length / sampleSize));
  const sample = all.filter((_, at) => at % step === 0).slice(0, sampleSize);
  const latest = sample.map(({ server }) => `/v0.1/servers/${encodeURIComponent(server.name)}/versions/latest`);
  const first = latest[0] ?? "";
  const { headers } = await fetch(base + first, { headers: { "accept-encoding": "identity" } });
  return [
    { name: "get latest", urls: latest, closely: true },
    { name: "get version", urls: sample.map(({ server }) => toVersionUrl(server)), closely: true },
    {
      name: "get, not modified",
      urls: [first],
      headers: [`If-None-Match: ${headers.get("etag") ?? '"none"'}`],
      closely: true,
    },
    { name: "list of 30", urls: ["/v0.1/servers?version=latest"] },
    { name: "list of a sparse channel", urls: [`/c/${sparseChannel}/v0.1/servers?version=latest`] },
    { name: "list of 100", urls: ["/v0.1/servers?version=latest&limit=100"] },
    { name: "whole walk by 100", urls: pages.map((page) => page.url) },
    { name: "search, frequent", urls: ["/v0.1/servers?search=weather"] },
    { name: "search, rare", urls: ["/v0.1/servers?search=zeppelin"] },
    { name: "search, no hit", urls: ["/v0.1/servers?search=submarine"] },
    { name: "list of 30, new", urls: ["/v0.1/servers?version=latest"], unique: true },
    { name: "list of 100, new", urls: ["/v0.1/servers?version=latest&limit=100"], unique: true },
    { name: "sparse channel, new", urls: [`/c/${sparseChannel}/v0.1/servers?version=latest`], unique: true },
    { name: "search, frequent, new", urls: ["/v0.1/servers?search=weather"], unique: true },
    { name: "search, rare, new", urls: ["/v0.1/servers?search=zeppelin"], unique: true },
    { name: "search, no hit, new", urls: ["/v0.1/servers?search=submarine"], unique: true },
    { name: "changes, none", urls: [`/v0.1/servers?updated_since=${new Date().toISOString()}`] },
  ];
}

function toVersionUrl({ name, version }: Entry["server"]): string {
  return `/v0.1/servers/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
}

async function walk(base: string): Promise<(Page & { url: string })[]> {
  const pages: (Page & { url: string })[] = [];
  let url: string | null = "/v0.1/servers?limit=100";
  while (url && pages.length < maxPages) {
    const page = (await (await fetch(base + url)).json()) as Page;
    pages.push({ ...page, url });
    const { nextCursor } = page.metadata;
    url = nextCursor ? `/v0.1/servers?limit=100&cursor=${nextCursor}` : null;
  }
  return pages;
}
