import { z } from "zod";
import { route } from "#lib/http/index.ts";
import { getDocument } from "./_parts/document.ts";

/** This API in OpenAPI 3.1, the same for everybody. */
export const GET = route({
  caller: "anyone",
  input: z.object({}),
  run: async ({ ctx }) => getDocument(ctx.registryId),
  cache: "public, max-age=300",
  describe: {
    id: "getApiDocument",
    summary: "This document",
    answers: { 200: { mediaType: "application/json" } },
  },
});
