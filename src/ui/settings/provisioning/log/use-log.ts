"use client";

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC, useTRPCClient, type ScimLogEntry, type ScimLogPage } from "../../../trpc/client";

import { printFilters, toLogQuery, type LogFilters } from "./log-filters";
import { compareWithShown } from "./newer-entries";

/** How often an open log asks for what is new, in milliseconds. */
const NEWEST_EVERY = 5_000;
const PAGE = 50;

type Pages = InfiniteData<ScimLogPage, string | null>;

/**
 * The log page by page, and how much is newer than its first row. Newer rows are shown only when `showNewer` is
 * called, so that nothing moves under the reader's hand.
 */
export function useLog(filters: LogFilters) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const query = useStableQuery(filters);
  const queryKey = [...trpc.scim.log.list.pathKey(), "pages", query];
  const log = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      client.scim.log.list.query({ ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // While other filters are asked for, the rows stay, and with them the place of the keyboard.
    placeholderData: keepPreviousData,
    // Asking for all pages again would move the list; the poll below finds what is new.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const entries = useMemo(() => unique(log.data?.pages.flatMap((page) => page.entries) ?? []), [log.data]);
  const newest = useQuery({
    ...trpc.scim.log.list.queryOptions(query),
    enabled: log.isSuccess && !log.isPlaceholderData && filters.span === null,
    refetchInterval: NEWEST_EVERY,
  });
  const polled = log.isPlaceholderData ? undefined : newest.data;
  const news = compareWithShown(polled?.entries ?? [], entries);

  const showNewer = () => {
    const page = polled;
    if (news.kind === "none" || !page) return;
    cache.setQueryData<Pages>(queryKey, (old) => {
      const [first, ...rest] = old?.pages ?? [];
      if (!old || !first || news.kind === "gap") return { pages: [page], pageParams: [null] };
      return { ...old, pages: [{ ...first, entries: [...news.entries, ...first.entries] }, ...rest] };
    });
  };
  const newer = { count: news.kind === "none" ? 0 : news.entries.length, isMore: news.kind === "gap" };
  return { slug, log, entries, query, newer, showNewer };
}

/** The question to the server, the same until the filters change: a range begins where it began when it was chosen. */
function useStableQuery(filters: LogFilters) {
  const { slug } = useWorkspace();
  const key = printFilters(filters);
  const make = () => ({
    key,
    query: { workspaceSlug: slug, limit: PAGE, ...toLogQuery(filters, new Date()) },
  });
  const [asked, setAsked] = useState(make);
  if (asked.key !== key) setAsked(make());
  return asked.query;
}

/** Each row once, should a poll and a page have met. */
function unique(entries: readonly ScimLogEntry[]): ScimLogEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}
