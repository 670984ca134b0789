"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight, ScrollText } from "lucide-react";

import { Button } from "../../components/button";
import { EmptyState } from "../../components/empty-state";
import { ErrorNote } from "../../components/error-note";
import { PageHead } from "../../components/page-head";
import { When } from "../../components/when";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, useTRPCClient, type AuditPage as AuditPageData } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

import { auditSentence } from "./audit-sentence";

/** Who changed what and when, newest first; details open in place. */
export function AuditPage({ initial }: { readonly initial: AuditPageData }) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const log = useInfiniteQuery({
    queryKey: [...trpc.audit.list.pathKey(), slug],
    queryFn: ({ pageParam }) =>
      client.audit.list.query({ workspaceSlug: slug, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [initial], pageParams: [null] },
  });
  const events = log.data.pages.flatMap((page) => page.events);

  return (
    <>
      <PageHead
        title="Audit log"
        description="Every change of people, access and settings. Nothing here can be edited or removed."
      />
      {events.length === 0 ? (
        <EmptyState icon={ScrollText} title="Nothing has happened yet">
          Changes of people, access and settings are written down here.
        </EmptyState>
      ) : (
        <ol
          aria-label="Audit events"
          className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface"
        >
          {events.map((event) => (
            <li key={event.id}>
              <AuditRow event={event} />
            </li>
          ))}
        </ol>
      )}
      {log.error ? (
        <div className="mt-4">
          <ErrorNote>{errorText(log.error)}</ErrorNote>
        </div>
      ) : null}
      {log.hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button pending={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Load more
          </Button>
        </div>
      ) : null}
    </>
  );
}

function AuditRow({ event }: { readonly event: AuditPageData["events"][number] }) {
  const { who, what } = auditSentence(event);
  return (
    <details className="group">
      <summary className="flex min-h-8 items-center gap-3 px-4 py-1.5 text-sm transition-colors hover:bg-hover max-sm:px-3 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className="shrink-0 text-ink-soft transition-transform group-open:rotate-90"
        />
        <span className="w-32 shrink-0 truncate text-xs text-ink-soft tabular-nums max-sm:w-24">
          <When at={event.at} />
        </span>
        <span className="min-w-0 truncate group-open:whitespace-normal">
          <span className="font-medium">{who}</span> {what}
        </span>
      </summary>
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line bg-paper px-4 py-3 pl-11 text-xs">
        <dt className="text-ink-soft">Action</dt>
        <dd className="font-mono">{event.action}</dd>
        <dt className="text-ink-soft">Time</dt>
        <dd className="font-mono">{event.at.toISOString()}</dd>
        {event.target ? (
          <>
            <dt className="text-ink-soft">Concerns</dt>
            <dd className="break-all">{event.target}</dd>
          </>
        ) : null}
        <dt className="text-ink-soft">Details</dt>
        <dd className="font-mono break-all whitespace-pre-wrap">{JSON.stringify(event.details, null, 2)}</dd>
      </dl>
    </details>
  );
}
