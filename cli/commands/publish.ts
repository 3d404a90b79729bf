import { maxBundleBytes, maxManifestBytes } from "#lib/core/identifiers.ts";
import { validateManifest } from "#lib/manifest/index.ts";
import type { ManifestView } from "#lib/manifest/view.ts";
import type { Command, Scene } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readInputFile } from "../files/read-file.ts";
import { writeNewFile } from "../files/write-file.ts";
import { openRegistry, type Registry, type RegistryOptions } from "../http/registry.ts";
import { PublishAnswer } from "../http/shapes.ts";
import { type SigningOptions, signManifest } from "../signing/sign-manifest.ts";
import { raw, safe, safeCommand, safeTable } from "../terminal/safe-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { describePins, printIssues } from "./manifest-output.ts";

export type PublishInput = RegistryOptions &
  SigningOptions & { file: string; bundle?: string | undefined; dryRun: boolean; saveBundle?: string | undefined };

/** Lints, signs and uploads a manifest. Nothing is signed when it is not valid. */
export const publish: Command<PublishInput> = async (scene, input) => {
  const { terminal, env } = scene;
  const manifestBytes = await readInputFile(input.file, maxManifestBytes);
  const manifest = assertValid(terminal, manifestBytes, input.file);
  const registry = await openRegistry(env, input);
  const bundleBytes = await obtainBundle(scene, registry, input, { manifestBytes, manifest });
  if (input.saveBundle !== undefined) await writeNewFile(input.saveBundle, bundleBytes);
  const answer = await upload(scene, registry, { manifestBytes, bundleBytes, dryRun: input.dryRun });
  terminal.result({ ok: true, registry: registry.address, ...answer });
  printAnswer(terminal, registry.address, answer);
  return EXIT.done;
};

function assertValid(terminal: Terminal, bytes: Uint8Array, file: string): ManifestView {
  const { manifest, issues } = validateManifest(bytes);
  if (manifest) return manifest;
  printIssues(terminal, issues);
  throw new Failure(EXIT.manifestInvalid, "manifest-invalid", safe`${file} is not valid; nothing was signed or sent.`, {
    details: { issues },
  });
}

async function obtainBundle(
  scene: Scene,
  registry: Registry,
  input: PublishInput,
  what: { manifestBytes: Uint8Array; manifest: ManifestView },
): Promise<Uint8Array> {
  if (input.bundle === undefined) return signManifest(scene, registry, input, what);
  if (input.key === undefined && input.identityTokenFile === undefined)
    return readInputFile(input.bundle, maxBundleBytes);
  throw new Failure(
    EXIT.usage,
    "bad-argument",
    safe`--bundle is a finished signature: leave out the options for signing.`,
  );
}

function upload(
  { terminal }: Scene,
  registry: Registry,
  { manifestBytes, bundleBytes, dryRun }: { manifestBytes: Uint8Array; bundleBytes: Uint8Array; dryRun: boolean },
): Promise<PublishAnswer> {
  const form = new FormData();
  form.set("manifest", new Blob([new Uint8Array(manifestBytes)], { type: "application/json" }), "server.json");
  form.set("bundle", new Blob([new Uint8Array(bundleBytes)], { type: "application/json" }), "bundle.json");
  const path = `/api/v1/publish${dryRun ? "?dry-run=true" : ""}`;
  const send = () => registry.send({ method: "POST", path, form }, PublishAnswer);
  return terminal.progress(safe`Uploading to ${registry.address}`, send);
}

function printAnswer(terminal: Terminal, registry: string, answer: PublishAnswer): void {
  const { name, version, state, manifestDigest, identity, pins, issues, created, dryRun } = answer;
  printIssues(terminal, issues);
  const verb = dryRun ? safe`would be accepted` : created ? safe`received` : safe`already there, the same bytes`;
  const rows = safeTable([
    ["registry", safe`${registry}`],
    ["manifest", safe`${manifestDigest}`],
    ["signed by", safe`${identity}`],
    ["state", safe`${state}`],
  ]);
  terminal.print(safe`${raw(terminal.style("green", verb))}  ${name} ${version}`, ...rows, ...describePins(pins));
  const next = safeCommand(["countersign", "status", `${name}@${version}`, "--registry", registry]);
  if (!dryRun && next) terminal.note(safe`Where it stands: ${raw(next)}`);
}
