import { type ApiDocument, describeApi, type Example, listOperations } from "#lib/api-docs/index.ts";
import examples from "./examples.json" with { type: "json" };
import { routes } from "./routes.ts";

let known: { registryId: string; document: ApiDocument } | null = null;

/** The document of every route, made at first use. */
export function getDocument(registryId: string): ApiDocument {
  if (known?.registryId !== registryId) {
    const operations = listOperations(routes);
    const document = describeApi({ registryId, operations, examples: examples as Record<string, Example> });
    known = { registryId, document };
  }
  return known.document;
}
