"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root";

import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";

export type Credentials = inferRouterOutputs<AppRouter>["scim"]["credentials"]["list"];
export type CredentialToken = Credentials["tokens"][number];
export type CredentialClient = Credentials["clients"][number];

/** Everything that may open the workspace's SCIM, and how to ask again after a change. */
export function useCredentials() {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = trpc.scim.credentials.list.queryOptions({ workspaceSlug: slug });
  const query = useQuery(options);
  return { query, refresh: () => cache.invalidateQueries({ queryKey: options.queryKey }) };
}
