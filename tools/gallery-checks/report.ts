import type { CheckResult } from "./check";

const MARKS = { pass: "pass", fail: "FAIL", warning: "warn", "not-applicable": "n/a " };

/** One test for people. */
export function renderResult({ number, name, verdict, reason, replay, ms }: CheckResult): string {
  const line = `${MARKS[verdict]}  ${String(number).padStart(2)}  ${name}: ${reason} (${Math.round(ms)} ms)`;
  return replay === null ? line : `${line}\n          ${replay}`;
}

/** The counts, and what they mean for the gallery. */
export function renderSummary(results: readonly CheckResult[], authentication: string): string {
  const count = (verdict: CheckResult["verdict"]) =>
    results.filter((result) => result.verdict === verdict).length;
  const gallery =
    authentication === "pass"
      ? ""
      : "\nFor the gallery one of tests 21 and 22 has to pass; a connection outside it may use a static token.";
  return `\n${count("pass")} passed, ${count("fail")} failed, ${count("warning")} warnings, ${count("not-applicable")} not applicable.${gallery}`;
}
