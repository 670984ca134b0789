"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { useState, type ReactNode } from "react";
import superjson from "superjson";

import type { AppRouter } from "#server/trpc/root";

import { TRPCProvider } from "./client";
import { isConnectionLost, isSignedOut } from "./error-text";

/** The data layer of the browser: one query cache and one tRPC client for the page's lifetime. */
export function DataProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: "/api/trpc", transformer: superjson })] }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        // A page brings its data along, and "back" may bring an old copy of it: show that at once and ask again,
        // and let nothing kept from an earlier visit (gcTime) go before what the page just brought.
        staleTime: 0,
        gcTime: 0,
        // An answer with a status is final; only a lost connection is worth asking again.
        retry: (failures, error) => isConnectionLost(error) && failures < 2,
      },
    },
  });
}

/** Somebody cut off while a workspace page is open gets the sign-in page, not a page of dead buttons. */
function leaveWhenSignedOut(error: unknown): void {
  const slug = /^\/w\/([^/]+)/.exec(window.location.pathname)?.[1];
  if (!slug || !isSignedOut(error)) return;
  const query = new URLSearchParams({ workspace: decodeURIComponent(slug), error: "ended" });
  query.set("next", window.location.pathname);
  window.location.assign(`/signin?${query.toString()}`);
}
