"use client";

import { ChevronRight } from "lucide-react";
import { useId } from "react";

import { formatFull } from "../../../components/format-time";
import type { ScimLogEntry } from "../../../trpc/client";
import { useScimConsole } from "../scim-console";

import { LogDetail } from "./log-detail";
import { logSentence } from "./log-sentence";
import { Outcome } from "./outcome";

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** "4 ms", "1.2 s". */
function duration(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export interface LogRowProps {
  readonly entry: ScimLogEntry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onPick: (subjectId: string) => void;
}

/** One request: when, the sentence, how it ended, how long it took; what was said opens below it. */
export function LogRow({ entry, isOpen, onToggle, onPick }: LogRowProps) {
  const { provider } = useScimConsole();
  const id = useId();
  const { who, what } = logSentence(entry, provider);
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onToggle}
        className="flex min-h-8 w-full items-start gap-3 px-4 py-1.5 text-left text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2 max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0 max-sm:px-3"
      >
        <ChevronRight
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={`mt-0.5 shrink-0 text-ink-soft transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <time
          dateTime={entry.at.toISOString()}
          title={formatFull(entry.at)}
          className="w-16 shrink-0 text-xs leading-5 text-ink-soft tabular-nums"
        >
          {TIME.format(entry.at)}
        </time>
        <span
          className={`min-w-0 flex-1 max-sm:order-last max-sm:basis-full max-sm:pl-6 ${isOpen ? "break-words" : "truncate max-sm:line-clamp-2 max-sm:whitespace-normal"}`}
        >
          <span className="font-medium">{who}</span> {what}
          {entry.detail && !isOpen ? <span className="text-ink-soft">: {entry.detail}</span> : null}
        </span>
        <span className="flex h-5 w-20 shrink-0 items-center max-sm:ml-auto max-sm:w-auto">
          <Outcome entry={entry} />
        </span>
        <span className="w-14 shrink-0 text-right text-xs leading-5 text-ink-soft tabular-nums">
          <span className="sr-only">in </span>
          {duration(entry.durationMs)}
        </span>
      </button>
      {isOpen ? (
        <div id={id} role="region" aria-label="Details" className="border-t border-line bg-paper">
          <LogDetail entry={entry} onPick={onPick} />
        </div>
      ) : null}
    </li>
  );
}
