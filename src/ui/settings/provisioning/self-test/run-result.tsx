import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleSlash, TriangleAlert, type LucideIcon } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";

import { countOf } from "../count-of";

import { findings } from "./run-state";
import type { SelfTestResult, SelfTestStep } from "./self-test-client";

const LOOK: Readonly<Record<SelfTestResult, { readonly icon: LucideIcon; readonly tone: string }>> = {
  passed: { icon: CircleCheck, tone: "text-good" },
  warnings: { icon: TriangleAlert, tone: "text-caution" },
  failed: { icon: CircleAlert, tone: "text-danger" },
  cancelled: { icon: CircleSlash, tone: "text-ink-soft" },
};

/** How the run went, in one sentence, and what to do about what it found. Takes the focus, so that it is read out. */
export function RunResult({
  result,
  steps,
  actions,
}: {
  readonly result: SelfTestResult;
  readonly steps: readonly SelfTestStep[];
  readonly actions: ReactNode;
}) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  const { icon: Icon, tone } = LOOK[result];
  const found = findings(steps);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label="Result"
      className="rounded-xl border border-line bg-surface p-5 focus-visible:outline-none max-sm:p-4"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <p className={clsx("flex items-start gap-2 text-base font-semibold", tone)}>
          <Icon size={18} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
          {sentence(result, steps)}
        </p>
        {actions}
      </div>
      {found.length > 0 ? (
        <ul className="mt-4 flex flex-col gap-3">
          {found.map(({ status, advice, at: [first, ...others] }) => (
            <li key={`${status} ${first}`} className="border-l-2 border-line pl-3">
              <p className="text-sm font-medium">
                <span className={status === "failed" ? "text-danger" : "text-caution"}>
                  {status === "failed" ? "Failed: " : "Remark: "}
                </span>
                {first}
              </p>
              <p className="mt-0.5 max-w-prose text-sm break-words text-ink-soft">{advice}</p>
              {others.length > 0 ? (
                <p className="mt-1 max-w-prose text-xs text-ink-soft">The same at: {others.join("; ")}.</p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function sentence(result: SelfTestResult, steps: readonly SelfTestStep[]): string {
  const ms = steps.reduce((sum, step) => sum + step.ms, 0);
  const done = steps.filter((step) => step.status !== "skipped").length;
  const count = (status: SelfTestStep["status"]) => steps.filter((step) => step.status === status).length;
  switch (result) {
    case "passed":
      return `Everything works: ${countOf(done, "step", "steps")} in ${(ms / 1000).toFixed(1)} s, and nothing of the test is left.`;
    case "warnings":
      return `It works, with ${countOf(count("warning"), "remark", "remarks")}.`;
    case "failed":
      return `${countOf(count("failed"), "step", "steps")} failed. Entra would meet the same.`;
    case "cancelled":
      return "The test was cancelled. What it had made is taken away again.";
  }
}
