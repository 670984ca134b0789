"use client";

import { Download } from "lucide-react";

import { Button } from "../../../components/button";
import { ErrorNote } from "../../../components/error-note";
import { useToast } from "../../../components/toast";
import { countOf } from "../count-of";

import type { useLog } from "./use-log";
import { useExport } from "./use-export";

/** Saves what the filters show as JSON lines; a long export says how far it is, and can be cancelled. */
export function ExportButton({ query }: { readonly query: ReturnType<typeof useLog>["query"] }) {
  const toast = useToast();
  const { state, start, cancel } = useExport();
  const run = async () => {
    const { limit: _, ...filter } = query;
    const lines = await start(filter);
    if (lines !== null) toast({ text: `Saved ${countOf(lines, "request", "requests")} as JSON lines.` });
  };
  if (state.kind === "running") {
    return (
      <span className="flex items-center gap-2 text-sm text-ink-soft tabular-nums">
        <span role="status">
          {state.lines === 0 ? "Exporting …" : `${state.lines.toLocaleString("en")} requests …`}
        </span>
        <Button onClick={cancel}>Cancel</Button>
      </span>
    );
  }
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      {state.kind === "failed" ? <ErrorNote>{state.text} No file was saved.</ErrorNote> : null}
      <Button onClick={() => void run()}>
        <Download size={16} strokeWidth={1.75} aria-hidden />
        Export
      </Button>
    </span>
  );
}
