import { offerFirstAdmin } from "#lib/boot/first-admin.ts";
import type { Product } from "#lib/boot/product.ts";
import { createProgress } from "#lib/boot/progress.ts";
import { partsOf } from "#lib/boot/roles.ts";

/** Says where the product is and what to do first: the demo's people and commands, or the first administrator's link. */
export async function welcome(product: Product): Promise<void> {
  if (product.sigstore) return welcomeToDemo(product, product.sigstore);
  const { ctx, config } = product;
  const lines = [`Countersign is ready: ${describePlace(config)}`, ""];
  if (config.kind === "production" && partsOf[config.role].control)
    lines.push(...(await describeFirstAdmin(ctx, config)));
  lines.push("Ctrl-C ends it.");
  console.log(`\n${lines.map((line) => (line ? `  ${line}` : "")).join("\n")}\n`);
}

/** Where people go, or for a process they never meet, which one it is. */
function describePlace({ role, publicUrl, host, port }: Product["config"]): string {
  return partsOf[role].control ? publicUrl : `${role} of ${publicUrl}, on ${host} port ${port}`;
}

async function welcomeToDemo({ ctx, config }: Product, sigstore: NonNullable<Product["sigstore"]>): Promise<void> {
  const { describeDemo, loadDemo } = await import("#lib/demo/index.ts");
  const progress = createProgress("Demo organisation");
  const demo = await loadDemo(ctx, config.instanceDir, sigstore, progress.step);
  progress.end();
  console.log(describeDemo(config, demo));
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
