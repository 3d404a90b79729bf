import { sha256 } from "#lib/trust/demo/key-file.ts";

/** RFC 6962 section 2.1: hashes of a tree, and the path that proves a leaf is in it. */

export function hashLeaf(entry: Uint8Array): Buffer {
  return sha256(Buffer.from([0]), entry);
}

export function rootHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return only;
  const split = largestPowerBelow(leaves.length);
  return sha256(Buffer.from([1]), rootHash(leaves.slice(0, split)), rootHash(leaves.slice(split)));
}

/** From the leaf's neighbour up to the root's child. */
export function inclusionPath(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const split = largestPowerBelow(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  if (index < split) return [...inclusionPath(index, left), rootHash(right)];
  return [...inclusionPath(index - split, right), rootHash(left)];
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
