import type { IncomingMessage } from "node:http";
import { digestOf } from "#lib/core/digest.ts";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import { answerList, answerVersion, answerVersions } from "#lib/resolver/http/answer.ts";
import { answerBlob } from "#lib/resolver/http/blobs.ts";
import { notReady, tooOld } from "#lib/resolver/http/refusals.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import type { Route } from "#lib/resolver/http/routes.ts";
import { answerValidate, refusePublish } from "#lib/resolver/http/validate.ts";
import type { WorkBudget } from "#lib/resolver/http/work-budget.ts";
import { describeReadApi } from "#lib/resolver/openapi/document.ts";
import type { CatalogueSource } from "#lib/resolver/source.ts";

/** What the running server is, for `/v0.1/version`. */
export type BuildInfo = { version: string; gitCommit: string; buildTime: string };

export type AnswerOptions = {
  registryId: string;
  /** The catalogue as of now, or null before the first load is complete. */
  catalogue: () => Catalogue | null;
  /** The ledger's time up to which the catalogue has every change; 0 before the first load. */
  syncedUntil: () => number;
  /** Milliseconds since the catalogue was last known to equal the database; null before the first load. */
  ageMs: () => number | null;
  /** Older than this, nothing of the catalogue is served any more. */
  maxAgeMs: number;
  /** The public key set document. */
  keySetDocument: () => Buffer | null;
  source: Pick<CatalogueSource, "readBlob">;
  build: BuildInfo;
  description: Reply;
  validation: WorkBudget;
};

export type Question = { route: Route; query: URLSearchParams };

/** The description of the API, ready to send. */
export function describe(registryId: string): Reply {
  const body = Buffer.from(JSON.stringify(describeReadApi(registryId)));
  return { status: 200, body, contentType: jsonType, etag: `"${digestOf(body)}"`, encodable: true };
}

/**
 * @param viewOf what the caller sees of the catalogue.
 * @throws DomainError whatever the route refuses; `unavailable` without a catalogue that is fresh enough.
 */
export function answerRoute(
  options: AnswerOptions,
  request: IncomingMessage,
  { route, query }: Question,
  viewOf: (whole: Catalogue) => CatalogueView,
): Reply | Promise<Reply> {
  switch (route.kind) {
    case "ping":
      return json({ pong: true });
    case "build": {
      const { version, gitCommit, buildTime } = options.build;
      return json({ version, git_commit: gitCommit, build_time: buildTime });
    }
    case "health":
      readyCatalogue(options);
      return json({ status: "ok", catalogue_age_seconds: Math.floor((options.ageMs() ?? 0) / 1000) });
    case "validate":
      return answerValidate(request, options.validation);
    case "publish":
      throw refusePublish(options.registryId);
    case "openapi":
      return options.description;
    case "keys":
      return answerKeys(options);
    case "list":
      return answerList(viewOf(readyCatalogue(options)), query, options.syncedUntil());
    case "versions":
      return answerVersions(viewOf(readyCatalogue(options)), route.name, query);
    case "version":
      return answerVersion(viewOf(readyCatalogue(options)), route.name, route.version, query);
    case "blob": {
      const asked = { kind: route.blob, digest: route.digest, query };
      return answerBlob(viewOf(readyCatalogue(options)), options.source, asked);
    }
  }
}

function answerKeys(options: AnswerOptions): Reply {
  const body = options.keySetDocument();
  if (!body) throw notReady();
  return { status: 200, body, contentType: KEY_SET_MEDIA_TYPE };
}

function readyCatalogue(options: AnswerOptions): Catalogue {
  const catalogue = options.catalogue();
  if (!catalogue) throw notReady();
  if ((options.ageMs() ?? 0) > options.maxAgeMs) throw tooOld();
  return catalogue;
}

function json(value: unknown): Reply {
  return { status: 200, body: Buffer.from(JSON.stringify(value)), contentType: jsonType, cacheControl: "no-store" };
}
