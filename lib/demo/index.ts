export { describeDemo } from "#lib/demo/banner.ts";
export { type DemoOrganisation, loadDemo } from "#lib/demo/load.ts";
export { openDemoServices } from "#lib/demo/services.ts";
