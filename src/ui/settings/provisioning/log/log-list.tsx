"use client";

import { useState } from "react";

import type { ScimLogEntry } from "../../../trpc/client";

import { byDay } from "./by-day";
import { LogRow } from "./log-row";

export interface LogListProps {
  readonly entries: readonly ScimLogEntry[];
  readonly openId: string | null;
  readonly onToggle: (id: string) => void;
  readonly onPick: (subjectId: string) => void;
}

/** The rows of the log under their days. */
export function LogList({ entries, openId, onToggle, onPick }: LogListProps) {
  const [now] = useState(() => new Date());
  return (
    <div className="flex flex-col gap-5">
      {byDay(entries, now).map((day) => (
        <section key={day.name} aria-label={day.name}>
          <h2 className="px-1 pb-1.5 text-xs font-medium text-ink-soft">{day.name}</h2>
          <ol
            aria-label={`Requests of ${day.name}`}
            className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface"
          >
            {day.entries.map((entry) => (
              <LogRow
                key={entry.id}
                entry={entry}
                isOpen={entry.id === openId}
                onToggle={() => onToggle(entry.id)}
                onPick={onPick}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
