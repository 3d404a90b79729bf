export { readArguments } from "#lib/boot/arguments.ts";
export { type Capabilities, type OpenReadPlane, type Product, startProduct } from "#lib/boot/product.ts";
export { StartError } from "#lib/boot/start-error.ts";
export type { StartEvents } from "#lib/boot/start-events.ts";
