import type { SelfTestResult, SelfTestStep } from "./self-test-client";

const MARK: Readonly<Record<SelfTestStep["status"], string>> = {
  ok: "ok     ",
  warning: "warning",
  failed: "FAILED ",
  skipped: "skipped",
};

/** The whole report as plain text, for a ticket or a mail. The server has taken the token out. */
export function reportText(
  steps: readonly SelfTestStep[],
  result: SelfTestResult,
  about: { readonly baseUrl: string; readonly at: Date },
): string {
  const head = [`Chalkroom self-test of ${about.baseUrl}`, `${about.at.toISOString()}: ${result}`, ""];
  const rows = steps.map((step) => `${MARK[step.status]} ${String(step.ms).padStart(5)} ms  ${step.name}`);
  const details = steps.filter((step) => step.advice !== null).flatMap(detailsOf);
  return [...head, ...rows, ...details].join("\n");
}

function detailsOf(step: SelfTestStep): string[] {
  const lines = ["", `== ${step.name} (${step.problem ?? step.status})`, step.advice ?? ""];
  return [
    ...lines,
    ...(step.request ? ["", requestText(step.request)] : []),
    ...(step.answer ? ["", answerText(step.answer)] : []),
  ];
}

/** A request as it went over the wire, more or less. */
export function requestText(request: NonNullable<SelfTestStep["request"]>): string {
  return block(`${request.method} ${request.url}`, request.headers, request.body ?? "");
}

export function answerText(answer: NonNullable<SelfTestStep["answer"]>): string {
  return block(`HTTP ${answer.status}`, answer.headers, answer.body);
}

function block(first: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, ...(body === "" ? [] : ["", pretty(body)])].join("\n");
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
