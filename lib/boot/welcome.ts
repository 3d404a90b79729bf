import { offerFirstAdmin } from "#lib/boot/first-admin.ts";
import type { Product } from "#lib/boot/product.ts";

/** Says where the product is and what to do first. */
export async function welcome({ ctx, config }: Product): Promise<void> {
  const lines = [`Countersign is ready: ${config.publicUrl}`, ""];
  if (config.kind === "production") lines.push(...(await describeFirstAdmin(ctx, config)));
  lines.push("Ctrl-C ends it.");
  console.log(`\n${lines.map((line) => (line ? `  ${line}` : "")).join("\n")}\n`);
}

async function describeFirstAdmin(ctx: Product["ctx"], config: Product["config"]): Promise<string[]> {
  const first = await offerFirstAdmin(ctx, config, process.stdout.isTTY === true);
  if (!first) return [];
  const place = first.file ? [`The link is in ${first.file}`] : [first.url];
  return [
    "Nobody administers this registry yet. Open this link to become its first administrator.",
    "It works once, for 15 minutes; the next start makes a new one.",
    "",
    ...place,
    "",
  ];
}
