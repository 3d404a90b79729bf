import { offerFirstAdmin } from "#lib/boot/first-admin.ts";
import { createProgressLine } from "#lib/boot/progress-line.ts";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { describeDemo, loadDemo } from "#lib/demo/index.ts";
import type { DemoSigstore } from "#lib/trust/demo/index.ts";

/** What a production instance says when it is ready: where it is, and how its first administrator joins. */
export async function greetProduction(ctx: Ctx, config: Config): Promise<string> {
  const lines = [`Countersign is ready: ${config.publicUrl}`, ""];
  const first = await offerFirstAdmin(ctx, config, process.stdout.isTTY === true);
  if (first) {
    lines.push("Nobody administers this registry yet. Open this link to become its first administrator.");
    lines.push("It works once, for 15 minutes; the next start makes a new one.", "");
    lines.push(first.file ? `The link is in ${first.file}` : first.url, "");
  }
  lines.push("Ctrl-C ends it.");
  return `\n${lines.map((line) => (line ? `  ${line}` : "")).join("\n")}\n`;
}

/** Loads the demo organisation, with progress, and says what a newcomer needs. */
export async function greetDemo(ctx: Ctx, config: Config, sigstore: DemoSigstore): Promise<string> {
  const progress = createProgressLine("Loading the demo organisation", process.stdout);
  try {
    return describeDemo(config.publicUrl, await loadDemo(ctx, config.instanceDir, sigstore, progress.show));
  } finally {
    progress.end();
  }
}
