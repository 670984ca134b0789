"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PowerOff } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { Badge } from "../../components/badge";
import { buttonClass } from "../../components/button-class";
import { EmptyState } from "../../components/empty-state";
import { PageHead } from "../../components/page-head";
import { TAB, TAB_BAR } from "../../components/tab-class";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type ScimSettings } from "../../trpc/client";
import { inSentence } from "../provider-name";

import { ScimConsoleProvider } from "./scim-console";

/** How often an open page asks how provisioning is doing, in milliseconds. */
const STATUS_EVERY = 15_000;

const TABS = [
  { tab: "overview", path: "", label: "Overview", openWhenOff: true },
  { tab: "connect", path: "/connect", label: "Connect", openWhenOff: true },
  { tab: "log", path: "/log", label: "Log", openWhenOff: false },
  { tab: "credentials", path: "/credentials", label: "Credentials", openWhenOff: false },
  { tab: "self-test", path: "/self-test", label: "Self-test", openWhenOff: false },
] as const;

export type ConsoleTab = (typeof TABS)[number]["tab"];

export interface ConsoleFrameProps {
  readonly tab: ConsoleTab;
  readonly initial: ScimSettings;
  readonly provider: string;
  readonly children: ReactNode;
}

/** The provisioning console's title, state and pages; most of them make sense only while SCIM is on. */
export function ConsoleFrame({ tab, initial, provider, children }: ConsoleFrameProps) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = trpc.scim.get.queryOptions({ workspaceSlug: slug });
  const scim = useQuery({ ...options, initialData: initial, refetchInterval: STATUS_EVERY }).data;
  const home = `/w/${encodeURIComponent(slug)}/settings/provisioning`;
  const tabs = TABS.filter((one) => scim.enabled || one.openWhenOff);
  const isOpen = tabs.some((one) => one.tab === tab);

  return (
    <ScimConsoleProvider
      value={{ scim, provider, home, refresh: () => cache.invalidateQueries({ queryKey: options.queryKey }) }}
    >
      <PageHead
        title="Provisioning"
        description={`${provider} creates people and groups here, keeps them up to date, and cuts people off the moment they leave.`}
        state={scim.enabled ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>}
      />
      <nav aria-label="Provisioning" className={TAB_BAR}>
        {tabs.map((one) => (
          <Link
            key={one.tab}
            href={`${home}${one.path}`}
            aria-current={one.tab === tab ? "page" : undefined}
            className={TAB}
          >
            {one.label}
          </Link>
        ))}
      </nav>
      {isOpen ? children : <WhileOff home={home} provider={provider} />}
    </ScimConsoleProvider>
  );
}

function WhileOff({ home, provider }: { readonly home: string; readonly provider: string }) {
  return (
    <EmptyState
      icon={PowerOff}
      title="SCIM provisioning is off"
      action={
        <Link href={home} className={buttonClass("primary")}>
          Go to the switch
        </Link>
      }
    >
      This page opens once it is on. Until then, calls of {inSentence(provider)} are refused.
    </EmptyState>
  );
}
