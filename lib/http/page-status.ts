import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";

type PageAnswer = { unavailable: boolean };

const shared = globalThis as { countersignPageAnswers?: AsyncLocalStorage<PageAnswer> };
const retryAfterSeconds = 2;

/** On globalThis, because a bundler may load this module more than once in one process. */
function answers(): AsyncLocalStorage<PageAnswer> {
  shared.countersignPageAnswers ??= new AsyncLocalStorage();
  return shared.countersignPageAnswers;
}

/** Says that the page being made fails because something the registry needs does not answer. */
export function notePageUnavailable(): void {
  const answer = answers().getStore();
  if (answer) answer.unavailable = true;
}

/**
 * Runs what makes the answer. The framework gives every page that fails the status 500: one that was noted as
 * unavailable leaves with 503 and when to come back instead. Other answers stay as they are.
 */
export function answerPage(response: ServerResponse, work: () => void): void {
  const answer: PageAnswer = { unavailable: false };
  const write = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  const writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !answer.unavailable) return write(status, ...rest);
    response.setHeader("retry-after", retryAfterSeconds);
    return write(503, ...rest);
  };
  response.writeHead = writeHead as typeof response.writeHead;
  answers().run(answer, work);
}
