import { sampleManifest } from "#lib/manifest/sample.ts";
import { callers, people, type Who } from "#lib/testing/api-docs/fuzz/callers.ts";
import type { FuzzWorld } from "#lib/testing/api-docs/fuzz/calls.ts";
import type { Recorded } from "#lib/testing/api-docs/scenario/api.ts";
import type { ApiStage } from "#lib/testing/api-docs/stage.ts";

const texts = ["com.acme", "com.example", "weather", "1.0.0", "1.1.0", "editors", "default", "1", "2", "release"];

/** What the calls draw from: everything the scenario left behind, but nobody whom the rest of the calls needs. */
export async function openWorld({ registry, people: actors }: ApiStage, recorded: Recorded[]): Promise<FuzzWorld<Who>> {
  const needed = people.filter((name) => name !== "member").map((name) => actors[name].personId);
  const found = JSON.stringify(recorded).match(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g) ?? [];
  const ids = [...new Set(found)].filter((id) => !needed.includes(id));
  const digests = JSON.stringify(recorded).match(/sha256:[0-9a-f]{64}/g) ?? [];
  const signed = await registry.sign({ ...sampleManifest, name: "com.acme/weather", version: "2.0.0" });
  const upload = { manifest: signed.manifestBytes, bundle: signed.bundleBytes };
  return { known: { ids, texts: [...texts, ...new Set(digests)] }, callers, upload };
}
