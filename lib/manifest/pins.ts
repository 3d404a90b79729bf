import type { ManifestView, PackageView, Pin } from "#lib/manifest/view.ts";

const semver = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** One version and no other, in the words of each package registry. */
const exactVersion: Readonly<Record<string, RegExp>> = {
  npm: semver,
  /** Public version of PEP 440 without an operator or wildcard. */
  pypi: /^(?:\d+!)?\d+(?:\.\d+)*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(?:[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?$/i,
  nuget: /^\d+\.\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/,
};

/**
 * What each package of a manifest *declares* itself pinned to, in the manifest's order. Nothing is fetched: whether
 * the registry really serves that version or digest is not checked. Remotes are no packages and have no pin.
 */
export function extractPins(manifest: ManifestView): Pin[] {
  return manifest.packages.map((entry, index) => ({
    package: index,
    registryType: entry.registryType,
    identifier: entry.identifier,
    version: entry.version,
    ...judge(entry),
  }));
}

type Judgement = Pick<Pin, "status" | "digest" | "reason">;

function judge(entry: PackageView): Judgement {
  if (entry.registryType === "oci") return judgeImage(entry.identifier);
  if (entry.fileSha256 !== null && /^[a-f0-9]{64}$/.test(entry.fileSha256)) {
    return pinned("the file's SHA-256 is declared", `sha256:${entry.fileSha256}`);
  }
  if (entry.registryType === "mcpb") return unpinned("no fileSha256 is declared");
  if (!Object.hasOwn(exactVersion, entry.registryType)) {
    return unpinned("versions of this registry type are not known to be immutable");
  }
  if (entry.version === null) return unpinned("no version is declared");
  return exactVersion[entry.registryType]?.test(entry.version)
    ? pinned("an exact version is declared, without a digest", null)
    : unpinned("the version is not an exact one, so it can move");
}

function judgeImage(identifier: string): Judgement {
  const digest = /@(sha256:[a-f0-9]{64})$/.exec(identifier)?.[1];
  if (digest) return pinned("the image's digest is declared", digest);
  if (identifier.includes("@")) return unpinned("the image's digest is not a SHA-256 one");
  const tagged = /:[^/]+$/.test(identifier);
  return unpinned(tagged ? "the image is named by a tag, which can move" : "the image is named without tag or digest");
}

function pinned(reason: string, digest: string | null): Judgement {
  return { status: "pinned", digest, reason };
}

function unpinned(reason: string): Judgement {
  return { status: "unpinned", digest: null, reason };
}
