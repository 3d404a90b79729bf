import type { Product } from "#lib/boot/product.ts";

/** Says where the product is. */
export async function welcome({ config }: Product): Promise<void> {
  console.log(`\n  Countersign is ready: ${config.publicUrl}\n`);
}
