"use client";

import { useRef, useState } from "react";

import { useTRPCClient } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import type { toLogQuery } from "./log-filters";

export type ExportState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly lines: number }
  | { readonly kind: "failed"; readonly text: string };

type ExportQuery = ReturnType<typeof toLogQuery> & { readonly workspaceSlug: string };

/** Fetches the log as JSON lines, page after page, and saves it as a file. Leaves nothing when it is cancelled. */
export function useExport() {
  const client = useTRPCClient();
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const running = useRef<AbortController | null>(null);

  const start = async (query: ExportQuery) => {
    running.current?.abort();
    const controller = (running.current = new AbortController());
    const parts: string[] = [];
    let lines = 0;
    let cursor: string | null = null;
    setState({ kind: "running", lines });
    try {
      do {
        const input = cursor === null ? query : { ...query, cursor };
        const page: { readonly lines: string; readonly nextCursor: string | null } =
          await client.scim.log.export.mutate(input, { signal: controller.signal });
        parts.push(page.lines);
        lines += page.lines.split("\n").length - 1;
        cursor = page.nextCursor;
        setState({ kind: "running", lines });
      } while (cursor !== null);
      save(parts, `${query.workspaceSlug}-provisioning-log.jsonl`);
      setState({ kind: "idle" });
      return lines;
    } catch (error) {
      if (!controller.signal.aborted) setState({ kind: "failed", text: errorText(error) });
      return null;
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ kind: "idle" });
  };
  return { state, start, cancel };
}

function save(parts: string[], name: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: "application/jsonl" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
