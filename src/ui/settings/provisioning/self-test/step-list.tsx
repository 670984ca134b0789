import clsx from "clsx";
import { Check, ChevronRight, Circle, LoaderCircle, Minus, TriangleAlert, X } from "lucide-react";

import { CodeBlock } from "../../../components/code-block";

import { answerText, requestText } from "./report-text";
import type { ShownStep } from "./run-state";

const PHASES = [
  ["connection", "Connection"],
  ["person", "A person"],
  ["spelling", "Spellings of the tenant URL"],
  ["group", "A group"],
  ["leaving", "Leaving"],
] as const;

/** All steps under the part of the journey that they belong to. */
export function StepList({
  steps,
  hasEnded,
}: {
  readonly steps: readonly ShownStep[];
  readonly hasEnded: boolean;
}) {
  return (
    <div className="flex flex-col gap-5">
      {PHASES.map(([phase, title]) => (
        <section key={phase} aria-label={title}>
          <h2 className="mb-1.5 px-1 text-xs font-medium text-ink-soft">{title}</h2>
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
            {steps
              .filter((step) => step.phase === phase)
              .map((step) => (
                <li key={step.id}>
                  <StepRow step={step} hasEnded={hasEnded} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function StepRow({ step, hasEnded }: { readonly step: ShownStep; readonly hasEnded: boolean }) {
  if (step.state !== "done" || !step.request) {
    return (
      <div className="flex min-h-9 items-center gap-2.5 px-4 py-1.5 text-sm max-sm:px-3">
        <StepIcon step={step} />
        <span className={clsx("min-w-0 flex-1", isFaint(step) && "text-ink-soft")}>{step.name}</span>
        <span className="text-xs text-ink-soft">{word(step, hasEnded)}</span>
      </div>
    );
  }
  const isBad = step.advice !== null;
  return (
    <details className="group">
      <summary className="flex min-h-9 list-none items-center gap-2.5 px-4 py-1.5 text-sm hover:bg-hover focus-visible:-outline-offset-2 max-sm:px-3 [&::-webkit-details-marker]:hidden">
        <StepIcon step={step} />
        <span className="min-w-0 flex-1">{step.name}</span>
        <span className={clsx("text-xs", isBad ? TONE[step.status] : "text-ink-soft tabular-nums")}>
          {word(step, hasEnded)}
        </span>
        <ChevronRight
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className="shrink-0 text-ink-soft transition-transform group-open:rotate-90"
        />
      </summary>
      <div className="flex flex-col gap-3 border-t border-line bg-paper p-4 max-sm:p-3">
        {step.advice ? <p className="max-w-prose text-sm break-words">{step.advice}</p> : null}
        <CodeBlock title="Request" text={requestText(step.request)} />
        {step.answer ? <CodeBlock title="Answer" text={answerText(step.answer)} /> : null}
      </div>
    </details>
  );
}

const TONE = {
  ok: "text-good",
  warning: "text-caution",
  failed: "text-danger",
  skipped: "text-ink-soft",
} as const;
const ICON = { ok: Check, warning: TriangleAlert, failed: X, skipped: Minus } as const;

const isFaint = (step: ShownStep) =>
  step.state === "waiting" || (step.state === "done" && step.status === "skipped");

function StepIcon({ step }: { readonly step: ShownStep }) {
  const look = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
  if (step.state === "running")
    return <LoaderCircle {...look} className="shrink-0 animate-spin text-accent" />;
  if (step.state === "waiting") return <Circle {...look} className="shrink-0 text-line-strong" />;
  const Icon = ICON[step.status];
  return <Icon {...look} className={clsx("shrink-0", TONE[step.status])} />;
}

/** At the right of a row: how long it took, or how it went. */
function word(step: ShownStep, hasEnded: boolean): string {
  if (step.state === "running") return "Running";
  if (step.state === "waiting") {
    if (!hasEnded) return "";
    // Of a cancelled run the browser hears no more; the server tidies up all the same.
    return step.id === "tidy-up" ? "On the server" : "Not run";
  }
  if (step.status === "skipped") return "Skipped";
  if (step.status === "failed") return "Failed";
  if (step.status === "warning") return "Remark";
  return step.request ? `${step.ms} ms` : "Fine";
}
