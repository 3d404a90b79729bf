import type { SizeResult } from "./report.ts";

const [left, barHeight, gap, width] = [150, 10, 14, 420];
const colours = ["#94a3b8", "#3b82f6", "#1e3a8a"];

/** A bar per scenario and size: the share of a bare Node server's requests per second that ours reaches. */
export function toSvg(results: readonly SizeResult[]): string {
  const names = results[0]?.scenarios.map(({ name }) => name) ?? [];
  const groupHeight = results.length * barHeight + gap;
  const height = names.length * groupHeight + 60;
  const bars = names.flatMap((name, group) => [
    `<text x="${left - 8}" y="${30 + group * groupHeight + groupHeight / 2 - 2}" text-anchor="end">${name}</text>`,
    ...results.map((result, at) => {
      const ratio = Math.min(1.2, result.scenarios[group]?.ratio ?? 0);
      const y = 30 + group * groupHeight + at * barHeight;
      return `<rect x="${left}" y="${y}" width="${(ratio * width) / 1.2}" height="${barHeight - 2}" fill="${colours[at % 3]}"/>`;
    }),
  ]);
  const ticks = [0.25, 0.5, 0.75, 1].map((tick) => {
    const x = left + (tick * width) / 1.2;
    return `<line x1="${x}" x2="${x}" y1="24" y2="${height - 30}" stroke="#cbd5e1"/><text x="${x}" y="18" text-anchor="middle">${tick}</text>`;
  });
  const legend = results.map(
    ({ versions }, at) =>
      `<rect x="${left + at * 140}" y="${height - 20}" width="10" height="10" fill="${colours[at % 3]}"/><text x="${left + 16 + at * 140}" y="${height - 11}">${versions.toLocaleString("en")} versions</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 20} ${height}" font-family="sans-serif" font-size="11">
<title>Requests per second, as a share of a bare Node server returning the same bytes</title>
${[...ticks, ...bars, ...legend].join("\n")}
</svg>
`;
}
