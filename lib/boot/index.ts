export { type Capabilities, type Product, type StartEvents, startProduct } from "#lib/boot/product.ts";
export { StartError } from "#lib/boot/start-error.ts";
