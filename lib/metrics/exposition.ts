export type Sample = {
  /** Added to the family's name: `_bucket`, `_sum` and `_count` of a histogram, else nothing. */
  suffix: "" | "_bucket" | "_sum" | "_count";
  labels: Readonly<Record<string, string>>;
  value: number;
};

/** Samples of one name. Names and label names are ours, never a caller's, and are not checked. */
export type Family = { name: string; help: string; type: "counter" | "gauge" | "histogram"; samples: Sample[] };

/** Media type of the text format below. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/** The same families, each sample with further labels. */
export function labelled(families: readonly Family[], labels: Readonly<Record<string, string>>): Family[] {
  return families.map((family) => ({
    ...family,
    samples: family.samples.map((sample) => ({ ...sample, labels: { ...labels, ...sample.labels } })),
  }));
}

/** Families of several processes as one list: those of one name become one, as the format asks. */
export function merge(families: readonly Family[]): Family[] {
  const byName = new Map<string, Family>();
  for (const family of families) {
    const known = byName.get(family.name);
    byName.set(family.name, known ? { ...known, samples: [...known.samples, ...family.samples] } : family);
  }
  return [...byName.values()];
}

/**
 * Prometheus text format 0.0.4 (prometheus.io, "Exposition formats"): per family HELP, TYPE, then its samples. Families
 * without samples are left out.
 */
export function toExposition(families: readonly Family[]): string {
  return families
    .filter((family) => family.samples.length > 0)
    .map(({ name, help, type, samples }) => {
      const lines = samples.map((sample) => toLine(name, sample));
      return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("")}`;
    })
    .join("");
}

function toLine(name: string, { suffix, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeValue(text)}"`);
  return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${toNumber(value)}\n`;
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeValue(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

function toNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}
