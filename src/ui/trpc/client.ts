import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root";

const context = createTRPCContext<AppRouter>();

/** Gives the tree its tRPC client; mounted once, in the root layout. */
export const TRPCProvider = context.TRPCProvider;

/** Query and mutation options of every procedure, typed by the router. */
export const useTRPC = context.useTRPC;

/** The bare client, for calls that the options do not fit. */
export const useTRPCClient = context.useTRPCClient;

type Outputs = inferRouterOutputs<AppRouter>;

export type SignInOptions = Outputs["auth"]["signInOptions"];
export type WorkspaceSettings = Outputs["workspace"]["get"];
export type MemberRow = Outputs["members"]["list"][number];
export type GroupRow = Outputs["groups"]["list"][number];
export type BoardRow = Outputs["boards"]["list"][number];
export type SamlSettings = Outputs["saml"]["get"];
export type SamlReview = Outputs["saml"]["review"];
export type ScimSettings = Outputs["scim"]["get"];
export type ScimLogPage = Outputs["scim"]["log"]["list"];
export type ScimLogEntry = ScimLogPage["entries"][number];
export type Subject = Outputs["members"]["subjects"][number];
export type AuditPage = Outputs["audit"]["list"];
