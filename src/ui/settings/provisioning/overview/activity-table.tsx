"use client";

import { ChevronRight } from "lucide-react";

import { Cell, HeadCell, Table } from "../../../components/table";

import { spanOf, type Bar, type ChartDays } from "./chart-bars";

/** The chart in numbers, newest first, for who would rather read; spans without a request are left out. */
export function ActivityTable({ bars, days }: { readonly bars: readonly Bar[]; readonly days: ChartDays }) {
  const busy = bars.filter((bar) => bar.total > 0).toReversed();
  if (busy.length === 0) return <p className="text-sm text-ink-soft">No requests in this time.</p>;
  return (
    <details className="group">
      <summary className="flex w-fit items-center gap-1 rounded-sm text-xs text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className="transition-transform group-open:rotate-90"
        />
        In numbers
      </summary>
      <div className="mt-2 max-h-80 overflow-y-auto">
        <Table
          label="Activity in numbers"
          head={
            <>
              <HeadCell>Time</HeadCell>
              <HeadCell className="text-right">Reads</HeadCell>
              <HeadCell className="text-right">Changes</HeadCell>
              <HeadCell className="text-right">Refused</HeadCell>
            </>
          }
        >
          {busy.map((bar) => (
            <tr key={bar.from.getTime()}>
              <Cell className="whitespace-nowrap">{spanOf(bar, days)}</Cell>
              <Cell className="text-right">{bar.reads.toLocaleString("en")}</Cell>
              <Cell className="text-right">{bar.writes.toLocaleString("en")}</Cell>
              <Cell className="text-right">{bar.errors.toLocaleString("en")}</Cell>
            </tr>
          ))}
        </Table>
      </div>
    </details>
  );
}
