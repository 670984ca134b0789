"use client";

import { Play, Square } from "lucide-react";

import { Button } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { ErrorNote } from "../../../components/error-note";
import { Section } from "../../../components/section";
import { useScimConsole } from "../scim-console";

import { reportText } from "./report-text";
import { RunResult } from "./run-result";
import { shownSteps } from "./run-state";
import { StepList } from "./step-list";
import { useSelfTest } from "./use-self-test";

/** Plays the identity provider against the own public address, and shows every step as it is done. */
export function SelfTestPage() {
  const { scim } = useScimConsole();
  const test = useSelfTest();
  const steps = shownSteps(test);
  const isRunning = test.status === "running" || test.status === "cancelling";
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Section
        title="Test this side"
        aside={
          isRunning ? (
            <Button pending={test.status === "cancelling"} onClick={test.cancel}>
              {test.status === "cancelling" ? null : <Square size={14} strokeWidth={1.75} aria-hidden />}
              Cancel
            </Button>
          ) : (
            <Button variant="primary" onClick={test.start}>
              <Play size={16} strokeWidth={1.75} aria-hidden />
              {test.status === "idle" ? "Run self-test" : "Run again"}
            </Button>
          )
        }
      >
        <div className="-mt-2 max-w-prose text-sm text-ink-soft">
          <p>
            Chalkroom calls its own public address the way Entra does: from “Test Connection” to deleting a
            person. It makes a person and a group for that, and takes them away again; nobody else is touched.
          </p>
          <p className="mt-1.5 font-mono text-xs break-all">{scim.baseUrl}</p>
        </div>
        {isRunning ? <Progress done={test.done.length} of={test.plan.length} /> : null}
        {test.error ? <ErrorNote>{test.error}</ErrorNote> : null}
      </Section>
      {test.result && test.endedAt && test.done.length > 0 ? (
        <RunResult
          result={test.result}
          steps={test.done}
          actions={
            <CopyButton
              value={reportText(test.done, test.result, {
                baseUrl: scim.baseUrl,
                at: test.endedAt,
              })}
              what="report"
              variant="secondary"
            >
              Copy report
            </CopyButton>
          }
        />
      ) : null}
      {steps.length > 0 ? <StepList steps={steps} hasEnded={test.result !== null} /> : <WhatItFinds />}
    </div>
  );
}

function Progress({ done, of }: { readonly done: number; readonly of: number }) {
  const share = of === 0 ? 0 : done / of;
  return (
    <div
      role="progressbar"
      aria-label="Self-test"
      aria-valuemin={0}
      aria-valuemax={Math.max(of, 1)}
      aria-valuenow={done}
      className="h-1 overflow-hidden rounded-full bg-press"
    >
      <div
        className="h-full origin-left rounded-full bg-accent transition-transform duration-200"
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}

const FINDS = [
  ["Proxies that redirect", "http to https, slashes at the end, a sign-in page of an access gateway"],
  [
    "Headers that get lost",
    "Authorization above all; and firewalls that refuse a caller without a User-Agent",
  ],
  ["Addresses that change", "a dropped query, a decoded plus sign, a rewritten path or Location"],
  ["Methods and sizes", "PATCH or DELETE that is blocked, a limit for bodies that is too low"],
  ["The way itself", "names, certificates, timeouts, slow answers, caches"],
] as const;

/** Before the first run: what it would find. */
function WhatItFinds() {
  return (
    <section aria-label="What it finds" className="px-1 pt-2">
      <h2 className="text-sm font-semibold">What it finds in front of Chalkroom</h2>
      <dl className="mt-3 grid gap-x-6 gap-y-0.5 text-sm sm:grid-cols-[11rem_minmax(0,1fr)] sm:gap-y-2">
        {FINDS.map(([what, how]) => (
          <div key={what} className="contents">
            <dt className="font-medium">{what}</dt>
            <dd className="text-ink-soft max-sm:mb-2">{how}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
