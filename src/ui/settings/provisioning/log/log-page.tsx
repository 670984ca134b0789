"use client";

import { ScrollText, SearchX } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";

import { Button } from "../../../components/button";
import { EmptyState } from "../../../components/empty-state";
import { ErrorNote } from "../../../components/error-note";
import { Skeleton } from "../../../components/skeleton";
import { errorText } from "../../../trpc/error-text";
import { inSentence } from "../../provider-name";
import { countOf } from "../count-of";
import { useScimConsole } from "../scim-console";

import { ExportButton } from "./export-button";
import { LogFilterBar } from "./log-filter-bar";
import { NO_FILTERS, parseFilters, printFilters, type LogFilters } from "./log-filters";
import { LogList } from "./log-list";
import { useLog } from "./use-log";

/** Every request of the identity provider as a sentence, newest first. The filters are the page's address. */
export function LogPage() {
  const params = useSearchParams();
  const filters = useMemo(() => parseFilters(params), [params]);
  const { log, entries, query, newer, showNewer } = useLog(filters);
  const [openId, setOpenId] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);

  // Newer rows come in by themselves while nobody reads: page at its top, nothing open, pointer and focus elsewhere.
  useEffect(() => {
    const isReading = entries.some((entry) => entry.id === openId) || window.scrollY > 0;
    if (newer.count === 0 || isReading) return;
    if (list.current?.matches(":hover, :focus-within")) return;
    showNewer();
  });

  const change = (next: LogFilters) => {
    const text = printFilters(next);
    // Not the router's way: that would ask the server for the whole page again.
    window.history.replaceState(null, "", text === "" ? window.location.pathname : `?${text}`);
  };
  const pickedName = entries.flatMap((entry) => entry.subjects).find((one) => one.id === filters.who)?.name;

  return (
    <div className="flex flex-col gap-4">
      <LogFilterBar filters={filters} pickedName={pickedName} onChange={change}>
        <ExportButton query={query} />
      </LogFilterBar>
      <Newer newer={newer} onShow={showNewer} />
      <div ref={list} aria-busy={log.isPlaceholderData || undefined} className="aria-busy:opacity-60">
        {entries.length > 0 ? (
          <LogList
            entries={entries}
            openId={openId}
            onToggle={(id) => setOpenId(id === openId ? null : id)}
            onPick={(who) => change({ ...filters, who })}
          />
        ) : log.data ? (
          <Nothing isFiltered={printFilters(filters) !== ""} onClear={() => change(NO_FILTERS)} />
        ) : log.error ? null : (
          <div role="status" aria-label="Loading" className="flex flex-col gap-2">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-80 rounded-xl" />
          </div>
        )}
      </div>
      {log.error ? (
        <ErrorNote action={<Button onClick={() => void log.refetch()}>Try again</Button>}>
          {errorText(log.error)}
        </ErrorNote>
      ) : null}
      <More log={log} />
    </div>
  );
}

function Newer({
  newer,
  onShow,
}: {
  readonly newer: { readonly count: number; readonly isMore: boolean };
  readonly onShow: () => void;
}) {
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-3 z-10 -my-2 flex h-0 justify-center max-md:top-15"
    >
      {newer.count > 0 ? (
        <Button onClick={onShow} className="pointer-events-auto -translate-y-1 shadow-float">
          Show {newer.isMore ? "the newest" : countOf(newer.count, "newer request", "newer requests")}
        </Button>
      ) : null}
    </div>
  );
}

/** The next page comes when its button comes into view; the button stays for the keyboard. */
function More({ log }: { readonly log: ReturnType<typeof useLog>["log"] }) {
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = log;
  const isIdle = hasNextPage && !isFetchingNextPage && !error;
  useEffect(() => {
    if (!end.current || !isIdle) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) void fetchNextPage();
      },
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isIdle, fetchNextPage]);
  if (!hasNextPage) return null;
  return (
    <div ref={end} className="flex justify-center">
      <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Load more
      </Button>
    </div>
  );
}

function Nothing({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  const { provider } = useScimConsole();
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No request matches"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Old requests leave the log after a while; the activity on the overview stays.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ScrollText} title={`${provider} has not called yet`}>
      Press “Test Connection” in {inSentence(provider)}, and what it asks for appears here within seconds.
    </EmptyState>
  );
}
