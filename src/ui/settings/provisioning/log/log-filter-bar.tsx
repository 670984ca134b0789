"use client";

import type { ReactNode } from "react";

import { Button } from "../../../components/button";
import { Select } from "../../../components/select";

import { printFilters, NO_FILTERS, type LogFilters, type LogOutcome, type LogRange } from "./log-filters";
import { SubjectPicker } from "./subject-picker";

const OUTCOMES = [
  { value: "", label: "Any outcome" },
  { value: "problems", label: "Refused or failed" },
  { value: "done", label: "Done" },
  { value: "unchanged", label: "No change" },
  { value: "refused", label: "Refused" },
  { value: "failed", label: "Failed" },
] as const;

const RANGES = [
  { value: "", label: "Any time" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
] as const;

const SPAN = "span";

export interface LogFilterBarProps {
  readonly filters: LogFilters;
  readonly pickedName: string | undefined;
  readonly onChange: (filters: LogFilters) => void;
  /** What can be done with what is shown; at the end of the row. */
  readonly children: ReactNode;
}

/** What of the log is shown: whom it concerns, how it ended, when. */
export function LogFilterBar({ filters, pickedName, onChange, children }: LogFilterBarProps) {
  const set = (change: Partial<LogFilters>) => onChange({ ...filters, ...change });
  return (
    <div role="search" aria-label="Filters of the log" className="flex flex-wrap items-center gap-2">
      <SubjectPicker value={filters.who} knownName={pickedName} onChange={(who) => set({ who })} />
      <Select
        label="Outcome"
        options={OUTCOMES}
        value={filters.outcome ?? ""}
        onChange={(event) => set({ outcome: (event.target.value || null) as LogOutcome | null })}
      />
      <Select
        label="Time"
        options={filters.span ? [{ value: SPAN, label: spanLabel(filters.span) }, ...RANGES] : RANGES}
        value={filters.span ? SPAN : (filters.range ?? "")}
        onChange={(event) => set({ span: null, range: (event.target.value || null) as LogRange | null })}
      />
      <label className="flex h-8 items-center gap-2 px-1 text-sm pointer-coarse:h-9">
        <input
          type="checkbox"
          checked={filters.changesOnly}
          onChange={(event) => set({ changesOnly: event.target.checked })}
          className="size-4 accent-(--accent)"
        />
        Changes only
      </label>
      {printFilters(filters) === "" ? null : (
        <Button variant="soft" onClick={() => onChange(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
      <span className="ml-auto">{children}</span>
    </div>
  );
}

function spanLabel({ from, to }: NonNullable<LogFilters["span"]>): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.formatRange(from, to);
}
