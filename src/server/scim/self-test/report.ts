import type { Finding, Problem } from "./finding";
import type { Phase } from "./step";
import type { Exchange, SentRequest, WireAnswer } from "./wire";

/** One row of the report. */
export interface SelfTestStep {
  readonly id: string;
  readonly phase: Phase;
  readonly name: string;
  readonly status: "ok" | "warning" | "failed" | "skipped";
  readonly ms: number;
  /** Null where nothing is sent. Never with the token. */
  readonly request: SentRequest | null;
  readonly answer: WireAnswer | null;
  readonly problem: Problem | null;
  /** What is wrong and what to do; null when nothing is. */
  readonly advice: string | null;
}

export type SelfTestResult = "passed" | "warnings" | "failed" | "cancelled";

/** What a run says while it goes on: first the plan, then every step as it is done, last the end. */
export type SelfTestEvent =
  | { readonly kind: "plan"; readonly steps: readonly Pick<SelfTestStep, "id" | "phase" | "name">[] }
  | { readonly kind: "step"; readonly step: SelfTestStep }
  | { readonly kind: "end"; readonly result: SelfTestResult };

type Head = Pick<SelfTestStep, "id" | "phase" | "name">;

const headOf = ({ id, phase, name }: Head): Head => ({ id, phase, name });

/** A report is read by people: of a large body the beginning is enough. */
const SHOWN_CHARACTERS = 4_000;

const cut = (text: string) =>
  text.length <= SHOWN_CHARACTERS
    ? text
    : `${text.slice(0, SHOWN_CHARACTERS)}\n… (${text.length.toLocaleString("en")} characters)`;

export function skippedStep(head: Head): SelfTestStep {
  return {
    ...headOf(head),
    status: "skipped",
    ms: 0,
    request: null,
    answer: null,
    problem: null,
    advice: null,
  };
}

/** A step as the report shows it. */
export function doneStep(head: Head, finding: Finding | null, exchange?: Exchange): SelfTestStep {
  const { request, answer } = exchange ?? { request: null, answer: null };
  return {
    ...headOf(head),
    status: finding?.severity ?? "ok",
    ms: exchange?.ms ?? 0,
    request: request && { ...request, body: request.body === null ? null : cut(request.body) },
    answer: answer && { ...answer, body: cut(answer.body) },
    problem: finding?.problem ?? null,
    advice: finding?.advice ?? null,
  };
}

export function resultOf(steps: readonly SelfTestStep[], isCancelled: boolean): SelfTestResult {
  if (isCancelled) return "cancelled";
  if (steps.some((step) => step.status === "failed")) return "failed";
  return steps.some((step) => step.status === "warning") ? "warnings" : "passed";
}
