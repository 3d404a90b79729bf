import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name ?? "",
    [light ?? "", dark ?? ""] as const,
  ]),
);

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front: string, back: string): number {
  const [high, low] = [luminance(front), luminance(back)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const backgrounds = ["paper", "surface", "sunken", "raised"];
const statuses = ["pending", "approved", "revoked", "expired", "unpinned", "info"];
const textPairs: [front: string, back: string][] = [
  ...["ink", "muted", "faint", "accent", "danger"].flatMap((front) =>
    backgrounds.map((back): [string, string] => [front, back]),
  ),
  ...statuses.flatMap((status): [string, string][] => [
    [status, `${status}-soft`],
    ["ink", `${status}-soft`],
    ["muted", `${status}-soft`],
    [status, "surface"],
    [status, "paper"],
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger"],
  ["on-danger", "danger-strong"],
  ["ink", "accent-soft"],
  ["accent", "accent-soft"],
  ["muted", "accent-soft"],
];
const edgePairs: [string, string][] = [
  ...["line-strong", "focus"].flatMap((front) => backgrounds.map((back): [string, string] => [front, back])),
];

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("colour tokens, %s", (_theme, index) => {
  const value = (name: string) => {
    const pair = tokens.get(name);
    if (!pair) throw new Error(`no token --${name}`);
    return pair[index];
  };

  it.each(textPairs)("text %s on %s is readable (4.5:1)", (front, back) => {
    expect(contrast(value(front), value(back))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edgePairs)("edge %s on %s is visible (3:1)", (front, back) => {
    expect(contrast(value(front), value(back))).toBeGreaterThanOrEqual(3);
  });
});
