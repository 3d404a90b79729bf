import { generateKeyPairSync } from "node:crypto";
import { managedKeySigner, signPublishStatement } from "#lib/signing/index.ts";
import { type Instance, startInstance } from "../fixtures/instance.ts";
import { people, type Role } from "../fixtures/organisation.ts";
import { toManifest } from "../fixtures/publisher.ts";

/** A registry of its own with more servers than any client asks for at once, and a channel of each kind. */
export type ClientWorld = {
  url: string;
  namespace: string;
  /** Servers that resolve, in order; each tells the weather, and so does no other in the demo. */
  names: string[];
  revoked: string;
  /** Base URLs as an administrator hands them out. */
  channels: { anonymous: string; capability: string; token: string; docker: string };
  /** Reads the token channel. */
  token: string;
  /** Reads another token channel. */
  otherToken: string;
  /** Does other things than reading channels. */
  apiToken: string;
  close: () => Promise<void>;
};

type Ask = <View>(role: Role, method: string, path: string, body?: unknown) => Promise<View>;

const namespace = "com.example.clients";
const serverCount = 105;
const nameOf = (at: number) => `${namespace}/weather-${String(at).padStart(3, "0")}`;

export async function openClientWorld(): Promise<ClientWorld> {
  const instance = await startInstance({ kind: "demo" });
  try {
    const ask = createAsk(instance);
    await publishAll(instance.url, ask);
    const revoked = `${namespace}/zz-revoked`;
    await ask("reviewer", "POST", `/api/v1/versions/${revoked}/1.0.0/revoke`, { reason: "It leaks." });
    const names = Array.from({ length: serverCount }, (_, at) => nameOf(at));
    const found = { url: instance.url, namespace, names, revoked, close: instance.stop };
    return { ...found, ...(await openChannels(instance.url, ask)) };
  } catch (error) {
    await instance.stop();
    throw error;
  }
}

async function openChannels(
  url: string,
  ask: Ask,
): Promise<Pick<ClientWorld, "channels" | "token" | "otherToken" | "apiToken">> {
  const open = async (slug: string, audience: string, serveV0 = false) => {
    const selection = { include: [{ namespace }], exclude: [] };
    const channel = { slug, label: slug, audience, selection, serveV0, openToPeople: true };
    return (await ask<{ address: string }>("admin", "POST", "/api/v1/channels", channel)).address;
  };
  const makeToken = async (facts: object) => {
    const token = { label: "Client", namespaces: [], expiresInDays: 1, ...facts };
    return (await ask<{ secret: string }>("admin", "POST", "/api/v1/tokens", token)).secret;
  };
  const anonymous = await open("clients-open", "anonymous");
  const capability = await open("clients-link", "capability");
  const token = await open("clients-token", "token");
  const docker = await open("clients-docker", "anonymous", true);
  await open("clients-other", "token");
  expectBelow(url, [anonymous, capability, token, docker]);
  return {
    channels: { anonymous, capability, token, docker },
    token: await makeToken({ scopes: ["resolve"], channels: ["clients-token"] }),
    otherToken: await makeToken({ scopes: ["resolve"], channels: ["clients-other"] }),
    apiToken: await makeToken({ scopes: ["read"], namespaces: ["*"] }),
  };
}

function expectBelow(url: string, addresses: string[]): void {
  const strange = addresses.filter((address) => !address.startsWith(`${url}/c/`));
  if (strange.length > 0) throw new Error(`These are no channels of ${url}: ${strange}`);
}

/** Asks as somebody of the demo, by an API session. @throws when it is refused. */
function createAsk({ url, output }: Instance): Ask {
  const sessions = new Map<Role, Promise<string>>();
  const signIn = async (role: Role) => {
    const password = new RegExp(`^ +${people[role]} +(\\S+) `, "m").exec(output())?.[1];
    return (await ask<{ token: string }>(null, "POST", "/api/v1/sessions", { email: people[role], password })).token;
  };
  const ask = async <View>(role: Role | null, method: string, path: string, body?: unknown): Promise<View> => {
    const headers = new Headers();
    if (role !== null && !sessions.has(role)) sessions.set(role, signIn(role));
    if (role !== null) headers.set("authorization", `Bearer ${await sessions.get(role)}`);
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers.set("content-type", "application/json");
    const sent = body === undefined ? null : form ? body : JSON.stringify(body);
    const response = await fetch(url + path, { method, headers, body: sent });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as View;
  };
  return ask;
}

/** Signs, uploads and approves every version through the API, two at a time as one publisher may. */
async function publishAll(url: string, ask: Ask): Promise<void> {
  const signer = await openNamespace(ask);
  const versions = Array.from({ length: serverCount }, (_, at) => ({ name: nameOf(at), version: "1.9.0" }));
  versions.push({ name: nameOf(0), version: "1.10.0" }, { name: `${namespace}/zz-revoked`, version: "1.0.0" });
  const lane = async () => {
    for (let next = versions.shift(); next; next = versions.shift()) {
      await publish(url, ask, signer, next);
    }
  };
  await Promise.all([lane(), lane()]);
}

type Signer = ReturnType<typeof managedKeySigner>;

async function openNamespace(ask: Ask): Promise<Signer> {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const signer = managedKeySigner(privateKey);
  const everybody = await ask<{ people: { id: string; email: string }[] }>("admin", "GET", "/api/v1/people");
  const owner = everybody.people.find(({ email }) => email === people.publisher)?.id ?? "";
  await ask("admin", "POST", "/api/v1/namespaces", { name: namespace, ownerIds: [owner], maxPending: 1000 });
  const under = `/api/v1/namespaces/${namespace}`;
  const key = { label: "Release", pem: signer.spkiPem, controllerIds: [owner] };
  const { id } = await ask<{ id: string }>("admin", "POST", `${under}/keys`, key);
  const rule = { kind: "key", label: "Release", managedKeyId: id };
  const { change } = await ask<{ change: { id: string } }>("admin", "POST", `${under}/rules`, rule);
  await ask("secondAdmin", "POST", `/api/v1/policy-changes/${change.id}/confirm`);
  return signer;
}

async function publish(url: string, ask: Ask, signer: Signer, at: { name: string; version: string }): Promise<void> {
  const manifestBytes = new TextEncoder().encode(JSON.stringify(toManifest(at.name, at.version)));
  const bundleBytes = await signPublishStatement({ manifestBytes, ...at, registryId: url, signer });
  const form = new FormData();
  form.set("manifest", new Blob([manifestBytes]), "server.json");
  form.set("bundle", new Blob([new Uint8Array(bundleBytes)]), "bundle.json");
  await ask("publisher", "POST", "/api/v1/publish", form);
  const { id } = await ask<{ id: string }>("publisher", "GET", `/api/v1/versions/${at.name}/${at.version}`);
  const review = await ask<{ reviewDigest: string; expiry: { suggested: string } }>(
    "reviewer",
    "GET",
    `/api/v1/reviews/${id}`,
  );
  const decision = { reviewDigest: review.reviewDigest, expiresAt: review.expiry.suggested };
  await ask("reviewer", "POST", `/api/v1/reviews/${id}/approve`, decision);
}
