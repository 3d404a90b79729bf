import { unknownRoute } from "#lib/http/index.ts";

/** Every other address below `/api/v1`: a problem document instead of the page for people. */
const answer = unknownRoute();

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
