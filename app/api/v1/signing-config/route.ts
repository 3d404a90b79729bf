import { z } from "zod";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { config } from "#lib/config/index.ts";
import { route } from "#lib/http/index.ts";
import { readSigningConfig } from "#lib/trust/index.ts";

/** Where to sign without a key of one's own. Public: it names services, and clients pin it. */
export const GET = route({
  caller: "anyone",
  input: z.object({}),
  run: async () => readSigningConfig(config().instanceDir),
  describe: {
    id: "getSigningConfiguration",
    summary: "Where to sign without a key of one's own",
    answers: { 200: shapes.SigningConfiguration },
  },
});
