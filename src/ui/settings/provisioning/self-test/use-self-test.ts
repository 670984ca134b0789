"use client";

import { useEffect, useRef, useState } from "react";

import { useWorkspace } from "../../../frame/workspace-context";
import { errorText } from "../../../trpc/error-text";

import { applyEvent, NOTHING_YET, type RunState } from "./run-state";
import { runSelfTest } from "./self-test-client";

export interface SelfTest extends RunState {
  readonly status: "idle" | "running" | "cancelling" | "ended";
  /** When the last run ended. */
  readonly endedAt: Date | null;
  /** Why a run could not be started, or broke off. */
  readonly error: string | null;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** One run at a time; leaving the page cancels it, and the server tidies up either way. */
export function useSelfTest(): SelfTest {
  const { slug } = useWorkspace();
  const [run, setRun] = useState<RunState>(NOTHING_YET);
  const [status, setStatus] = useState<SelfTest["status"]>("idle");
  const [error, setError] = useState<string | null>(null);
  const [endedAt, setEndedAt] = useState<Date | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const start = async () => {
    const own = new AbortController();
    controller.current = own;
    setRun(NOTHING_YET);
    setError(null);
    setEndedAt(null);
    setStatus("running");
    try {
      for await (const event of runSelfTest(slug, own.signal)) setRun((state) => applyEvent(state, event));
    } catch (reason) {
      if (!own.signal.aborted) setError(errorText(reason));
    }
    // Whoever cancels hears no end from the server: the connection on which it would come is gone.
    setRun((state) => ({ ...state, result: state.result ?? (own.signal.aborted ? "cancelled" : "failed") }));
    setEndedAt(new Date());
    setStatus("ended");
  };

  return {
    ...run,
    status,
    endedAt,
    error,
    start: () => void start(),
    cancel: () => {
      setStatus("cancelling");
      controller.current?.abort();
    },
  };
}
