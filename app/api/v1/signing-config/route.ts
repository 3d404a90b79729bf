import { z } from "zod";
import { parseConfig } from "#lib/config/index.ts";
import { route } from "#lib/http/route.ts";
import { readSigningConfig } from "#lib/trust/signing-config.ts";

/** Where to sign without a key of one's own. Public: it names services, and clients pin it. */
export const GET = route({
  caller: "anyone",
  input: z.object({}),
  run: async () => readSigningConfig(parseConfig(process.env).instanceDir),
});
