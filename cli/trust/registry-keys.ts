import { type KeySet, parseKeySet, verifyKeyRotation } from "#lib/signing/index.ts";
import type { Scene } from "../command.ts";
import { findPinned, pinsFile, savePinned } from "../config/pins.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Registry } from "../http/registry.ts";
import { safe, safeCommand } from "../terminal/safe-text.ts";
import { type GivenKeys, readRegistryKeyFile } from "./registry-key-file.ts";

const maxKeySetBytes = 256 * 1024;

export type RegistryKeys = { keySet: KeySet; trustedBy: "pin" | "given-key" | "first-use" };

/**
 * The keys a registry offers, once they are known to be its own: the pinned ones, or vouched for by them, or by the
 * key the user gave. Without either they are pinned as they are, loudly, unless nobody watches (CI), where a first
 * use could be anybody's.
 * @param readBase where the registry is read, such as `/v0.1`.
 * @throws Failure `registry-key-changed`, `registry-key-required`, `registry-mismatch`
 */
export async function trustRegistryKeys(
  scene: Scene,
  registry: Registry,
  givenFile: string | undefined,
  readBase: string,
): Promise<RegistryKeys> {
  const given = givenFile === undefined ? null : await readRegistryKeyFile(givenFile);
  const pinned = (await findPinned(scene.env, registry.address))?.keySet ?? null;
  const fetchKeys = () => registry.bytes(`${readBase}/x/countersign/keys`, maxKeySetBytes);
  const offered = readOffered(await scene.terminal.progress(safe`Asking for the registry's keys`, fetchKeys));
  assertSameRegistry(registry.address, offered.registryId, given?.registryId ?? null);
  if (given) assertVouched(given, offered.keySet, registry.address);
  if (pinned) assertUnchanged(pinned, offered.keySet, registry.address);
  if (!given && !pinned) assertFirstUseAllowed(scene, registry.address);
  if (!pinned || JSON.stringify(pinned) !== JSON.stringify(offered.keySet)) {
    await savePinned(scene.env, registry.address, { keySet: offered.keySet }, scene.now());
    announce(scene, offered.keySet, pinned === null);
  }
  return { keySet: offered.keySet, trustedBy: given ? "given-key" : pinned ? "pin" : "first-use" };
}

function readOffered(bytes: Uint8Array): { registryId: string; keySet: KeySet } {
  try {
    return parseKeySet(bytes);
  } catch (error) {
    const text = safe`The registry's key set is malformed.`;
    throw new Failure(EXIT.registryNotTrusted, "registry-keys-malformed", text, { cause: error });
  }
}

function assertSameRegistry(address: string, offered: string, given: string | null): void {
  for (const id of [offered, given ?? offered]) {
    if (id === address) continue;
    const text = safe`The keys are of the registry ${id}, not of ${address}.`;
    throw new Failure(EXIT.registryNotTrusted, "registry-mismatch", text);
  }
}

/** A single key vouches for the set it is in; a set given must have led to the one offered. */
function assertVouched(given: GivenKeys, offered: KeySet, registryId: string): void {
  const known = given.keySet.keys[0]?.keyId;
  const base = given.single ? { keys: offered.keys.filter(({ keyId }) => keyId === known) } : given.keySet;
  const verdict = base.keys.length > 0 ? verifyKeyRotation({ pinned: base, offered, registryId }) : null;
  if (verdict?.ok) return;
  const text = safe`The registry's keys are not vouched for by the key in --registry-key.`;
  throw new Failure(EXIT.registryNotTrusted, "registry-key-changed", text, {
    lines: [safe`${verdict?.detail ?? "it does not offer that key"}`],
  });
}

function assertUnchanged(pinned: KeySet, offered: KeySet, registryId: string): void {
  const verdict = verifyKeyRotation({ pinned, offered, registryId });
  if (verdict.ok) return;
  const forget = safeCommand(["countersign", "registry", "forget", "--registry", registryId]);
  throw new Failure(
    EXIT.registryNotTrusted,
    "registry-key-changed",
    safe`The keys of ${registryId} changed, and the old key does not vouch for the new ones: ${verdict.detail}`,
    {
      lines: [
        safe`Somebody may be in between. Ask the registry's operators by another way before you trust it again:`,
        ...(forget ? [forget] : []),
      ],
    },
  );
}

function assertFirstUseAllowed({ env }: Scene, address: string): void {
  if (!env.CI) return;
  const text = safe`Nothing is pinned about ${address}, and in CI a first use cannot be trusted.`;
  throw new Failure(EXIT.registryNotTrusted, "registry-key-required", text, {
    lines: [safe`Pass the registry's key set or public key with --registry-key.`],
  });
}

function announce({ terminal, env }: Scene, keySet: KeySet, isFirst: boolean): void {
  const ids = keySet.keys.map(({ keyId }) => keyId).join(", ");
  const what = isFirst ? safe`Pinned at first use` : safe`New keys, vouched for by the old`;
  terminal.note(safe`${what}: registry key ${ids} (in ${pinsFile(env)})`);
}
