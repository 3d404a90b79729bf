import { DomainError } from "#lib/core/errors.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";

/** The same for every address behind which there is nothing, or nothing for this caller. */
export function endpointNotFound(): DomainError {
  return new DomainError("not-found", "Endpoint not found. Did you mean '/v0.1/servers'?");
}

export function methodRefused(allow: string, method = ""): DomainError {
  const detail = `${method} is not possible here. Allowed: ${allow}.`;
  return new DomainError("method-not-allowed", detail, { extensions: { allow } });
}

export function notReady(): DomainError {
  return new DomainError("unavailable", "The catalogue is still loading.", { retryAfterSeconds: 1 });
}

export function tooOld(): DomainError {
  const detail = "The catalogue could not be compared with the database for too long.";
  return new DomainError("unavailable", detail, { retryAfterSeconds: 5 });
}

/** Whoever asks: validating has used up its share of the time. */
export function validationBusy(): DomainError {
  rateLimitedRequests("validation").value++;
  return new DomainError("rate-limited", "Too much is being validated at the moment.", { retryAfterSeconds: 1 });
}
