export { parseInput } from "#lib/core/parse-input.ts";
