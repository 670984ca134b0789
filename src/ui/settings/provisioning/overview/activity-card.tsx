"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useMemo, useState } from "react";

import { ErrorNote } from "../../../components/error-note";
import { Section } from "../../../components/section";
import { Skeleton } from "../../../components/skeleton";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import { ActivityChart } from "./activity-chart";
import { ActivityTable } from "./activity-table";
import { chartBars, type ChartDays } from "./chart-bars";

const ACTIVITY_EVERY = 60_000;

const SPANS = [
  { days: 1, label: "24 hours" },
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
] as const;

/** How much the identity provider has done, over three lengths of time. */
export function ActivityCard() {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const [days, setDays] = useState<ChartDays>(1);
  const activity = useQuery({
    ...trpc.scim.log.activity.queryOptions({ workspaceSlug: slug, days }),
    placeholderData: keepPreviousData,
    refetchInterval: ACTIVITY_EVERY,
  });
  // What is drawn goes with what was asked for: the bars of the span before keep their own lengths.
  const [drawn, setDrawn] = useState(days);
  if (drawn !== days && activity.data && !activity.isPlaceholderData) setDrawn(days);
  const bars = useMemo(() => chartBars(activity.data ?? [], drawn), [activity.data, drawn]);
  return (
    <Section title="Activity" aside={<Spans days={days} onChange={setDays} />}>
      {activity.data ? (
        <>
          <ActivityChart bars={bars} days={drawn} />
          <ActivityTable bars={bars} days={drawn} />
        </>
      ) : activity.error ? null : (
        <div role="status" aria-label="Loading">
          <Skeleton className="h-44" />
        </div>
      )}
      {activity.error ? <ErrorNote>{errorText(activity.error)}</ErrorNote> : null}
    </Section>
  );
}

function Spans({
  days,
  onChange,
}: {
  readonly days: ChartDays;
  readonly onChange: (days: ChartDays) => void;
}) {
  return (
    <div role="group" aria-label="Time shown" className="flex shrink-0 rounded-lg border border-line p-0.5">
      {SPANS.map((span) => (
        <button
          key={span.days}
          type="button"
          aria-pressed={span.days === days}
          onClick={() => onChange(span.days)}
          className={clsx(
            "h-7 rounded-md px-2.5 text-xs transition-colors pointer-coarse:h-9",
            span.days === days ? "bg-press font-medium text-ink" : "text-ink-soft hover:text-ink",
          )}
        >
          {span.label}
        </button>
      ))}
    </div>
  );
}
