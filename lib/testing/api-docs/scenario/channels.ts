import type { Api } from "#lib/testing/api-docs/scenario/api.ts";

const slug = "editors";
const at = { params: { slug } };
const server = { params: { namespace: "com.acme", server: "weather" } };
const selection = { include: [{ namespace: "com.acme" }, { tag: "editors" }], exclude: [] };

/** A capability channel is made, narrowed, given a new address, and closed; and who read by it is asked. */
export async function playChannels(api: Api): Promise<void> {
  await api("previewTags", { ...server, body: { tags: ["editors"] } });
  await api("tagServer", { ...server, body: { tags: ["editors"] } });
  await api("previewSelection", { ...at, body: { selection } });
  const channel = { slug, label: "Editors", audience: "capability", selection, serveV0: false, openToPeople: false };
  const { edition, secrets } = await api("createChannel", { body: channel });
  await api("listChannels");
  await api("getChannel", at);
  const narrower = { include: [{ tag: "editors" }], exclude: [] };
  await api("updateChannel", { ...at, body: { edition, selection: narrower } });
  await api("rotateSecret", { ...at, body: { overlapHours: 24 } });
  await api("revokeSecret", { params: { slug, id: secrets[0].id } });
  await api("listServerChannels", server);
  await api("disableChannel", at);
  await api("enableChannel", at);
  await api("listChannelReaders", { as: "auditor", ...at });
  const version = { as: "auditor", params: { ...server.params, version: "1.0.0" } } as const;
  await api("listReaders", version);
  await api("exportReaders", version);
}
