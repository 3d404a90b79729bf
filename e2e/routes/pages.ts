import { readdirSync } from "node:fs";
import path from "node:path";
import { ask } from "../fixtures/api.ts";
import type { Role } from "../fixtures/organisation.ts";
import { idOf } from "../fixtures/publisher.ts";

/** Who looks: somebody of the demo, somebody who joined and was given no role, or nobody signed in. */
export type Looker = Role | "member" | "anonymous";

export type PageCase = {
  /** Folder of the page in the tree of routes. */
  route: string;
  /** One address of it. `{version}` is a pending version's id, `{person}` a person's. */
  at: string;
  /** Who sees it; without it, everybody. Others who are signed in get `otherwise`, the rest the sign-in page. */
  for?: Looker[];
  otherwise?: 403 | 404;
};

const signedIn: Looker[] = ["admin", "secondAdmin", "reviewer", "secondReviewer", "publisher", "auditor", "member"];
const insiders: Looker[] = signedIn.filter((looker) => looker !== "member");
const admins: Looker[] = ["admin", "secondAdmin"];
const auditors: Looker[] = [...admins, "auditor"];
const reviewers: Looker[] = [...auditors, "reviewer", "secondReviewer"];
const owners: Looker[] = [...admins, "publisher"];

const namespace = { for: insiders, otherwise: 404 as const };
const change = { for: owners, otherwise: 403 as const };
const audit = { for: auditors, otherwise: 403 as const };
const reviews = { for: reviewers, otherwise: 403 as const };
const people = { for: admins, otherwise: 403 as const };

/** Every page of the product, and who sees it. */
export const pages: PageCase[] = [
  { route: "/", at: "/" },
  { route: "/servers/[namespace]/[server]", at: "/servers/app.linear/linear" },
  { route: "/problems", at: "/problems" },
  { route: "/problems/[code]", at: "/problems/signature-rejected" },
  { route: "/attestations/approval/v1", at: "/attestations/approval/v1" },
  { route: "/attestations/publish/v1", at: "/attestations/publish/v1" },
  { route: "/attestations/key-rotation/v1", at: "/attestations/key-rotation/v1" },
  { route: "/attestations/backup/v1", at: "/attestations/backup/v1" },
  { route: "/sign-in", at: "/sign-in", for: ["anonymous"] },
  { route: "/sign-out", at: "/sign-out" },
  { route: "/join", at: "/join" },
  { route: "/reset", at: "/reset" },
  { route: "/setup", at: "/setup" },
  { route: "/account", at: "/account", for: signedIn },
  { route: "/tokens", at: "/tokens", for: signedIn },
  { route: "/tokens/new", at: "/tokens/new", for: signedIn },
  { route: "/channels", at: "/channels", for: signedIn },
  { route: "/channels/[slug]", at: "/channels/default", ...audit },
  { route: "/channels/new", at: "/channels/new", ...people },
  { route: "/channels/[slug]/edit", at: "/channels/default/edit", ...people },
  { route: "/trust", at: "/trust", for: signedIn },
  { route: "/namespaces", at: "/namespaces", for: signedIn },
  { route: "/policy-changes", at: "/policy-changes", for: signedIn },
  { route: "/namespaces/[name]", at: "/namespaces/app.linear", ...namespace },
  { route: "/namespaces/[name]/publishers", at: "/namespaces/com.microsoft/publishers", ...namespace },
  { route: "/namespaces/[name]/test", at: "/namespaces/com.microsoft/test", ...namespace },
  { route: "/namespaces/[name]/publishers/new-key", at: "/namespaces/app.linear/publishers/new-key", ...change },
  {
    route: "/namespaces/[name]/publishers/new-key-rule",
    at: "/namespaces/app.linear/publishers/new-key-rule",
    ...change,
  },
  {
    route: "/namespaces/[name]/publishers/new-workflow-rule",
    at: "/namespaces/app.linear/publishers/new-workflow-rule",
    ...change,
  },
  { route: "/reviews", at: "/reviews", ...reviews },
  { route: "/reviews/[versionId]", at: "/reviews/{version}", ...reviews },
  { route: "/people", at: "/people", ...people },
  { route: "/people/[id]", at: "/people/{person}", ...people },
  { route: "/audit", at: "/audit", ...audit },
  { route: "/audit/[seq]", at: "/audit/1", ...audit },
  { route: "/audit/state", at: "/audit/state", ...audit },
  { route: "/audit/refusals", at: "/audit/refusals", ...audit },
  { route: "/audit/refusals/[seq]", at: "/audit/refusals/1", ...audit },
];

/** The address of a page in this run's demo. */
export async function addressOf({ at }: PageCase): Promise<string> {
  if (at.includes("{version}")) return at.replace("{version}", await pendingVersionId());
  return at.includes("{person}") ? at.replace("{person}", await idOf("pia@demo.example")) : at;
}

async function pendingVersionId(): Promise<string> {
  const { id } = await ask("publisher", "GET", "/api/v1/versions/io.github.upstash/context7/4.1.1");
  return id;
}

/** Routes of every page in the tree, groups and private folders left out. */
export function routesInTree(): string[] {
  const root = path.resolve(import.meta.dirname, "../../app");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files.filter((file) => path.basename(file) === "page.tsx").map(toRoute);
}

function toRoute(file: string): string {
  const folders = path.dirname(file).split(path.sep);
  return `/${folders.filter((folder) => folder !== "." && !folder.startsWith("(")).join("/")}`;
}
