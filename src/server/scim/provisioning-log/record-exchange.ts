import type { ScimOutcome } from "#generated/prisma/enums";
import { now } from "#server/kernel/clock";
import { newId } from "#server/kernel/ids";
import { log } from "#server/kernel/logger";

import type { Answer } from "../http/answer";
import type { Note, Observation, ObservedToken } from "../http/observation";
import type { NewExchange } from "./exchange";
import { enqueueExchange } from "./log-writer";
import { meaningOf } from "./meaning";
import { hideInPath, sketchJson, storableText } from "./redact";
import { countRequest } from "./request-metrics";

const READING_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];
const MAX_DETAIL_LENGTH = 1_000;

/**
 * Writes a finished request down: counted for the metrics, and queued for the provisioning log when it came with a
 * workspace's token. Costs microseconds, waits for nothing, and never fails.
 */
export function recordExchange(observation: Observation, method: string, answer: Answer): void {
  const durationMs = performance.now() - observation.startedAt;
  try {
    const outcome = outcomeOf(answer.status, observation.note);
    countRequest(method, outcome, durationMs);
    log().debug({ method, status: answer.status, ms: Math.round(durationMs) }, "scim: request answered");
    if (observation.token === null) return;
    enqueueExchange(toExchange(observation, observation.token, { method, answer, outcome, durationMs }));
  } catch (error) {
    log().error({ err: error }, "scim: a request could not be written to the provisioning log");
  }
}

function outcomeOf(status: number, note: Note): ScimOutcome {
  if (status >= 500) return "failed";
  if (status >= 400) return "refused";
  return note.changed === false ? "unchanged" : "done";
}

interface Finish {
  readonly method: string;
  readonly answer: Answer;
  readonly outcome: ScimOutcome;
  readonly durationMs: number;
}

function toExchange(observation: Observation, token: ObservedToken, finish: Finish): NewExchange {
  const { body, path } = observation;
  const { method, answer, outcome, durationMs } = finish;
  const at = now();
  const meaning = meaningOf(observation, method, answer, outcome);
  const problem = outcome === "refused" || outcome === "failed" ? answer.body : null;
  return {
    id: newId(at.getTime()),
    workspaceId: token.workspaceId,
    at,
    durationMs: Math.round(durationMs * 100) / 100,
    tokenId: token.tokenId,
    tokenKind: token.tokenKind,
    method: method.slice(0, 20),
    path: hideInPath(path),
    status: answer.status,
    outcome,
    scimType: textOrNull(problem?.["scimType"]),
    detail: textOrNull(problem?.["detail"]),
    isWrite: isWrite(method, path),
    ...meaning,
    requestBody: body && sketchJson(body),
    answerBody: answer.body && sketchJson(answer.body),
  };
}

const textOrNull = (value: unknown): string | null =>
  typeof value === "string" ? storableText(value).slice(0, MAX_DETAIL_LENGTH) : null;

/** A search is a POST that writes nothing. */
function isWrite(method: string, path: string): boolean {
  return !READING_METHODS.includes(method) && !/\/\.search(?:\?|$)/i.test(path);
}
