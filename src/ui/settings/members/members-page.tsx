"use client";

import { useSearchParams } from "next/navigation";
import { Tabs } from "radix-ui";

import { PageHead } from "../../components/page-head";
import { TAB, TAB_BAR } from "../../components/tab-class";
import type { GroupRow, MemberRow } from "../../trpc/client";

import { GroupList } from "./group-list";
import { MemberList } from "./member-list";
import { ProviderName } from "./provider-context";

/** People and groups of the workspace. */
export function MembersPage({
  members,
  groups,
  provider,
}: {
  readonly members: MemberRow[];
  readonly groups: GroupRow[];
  /** What the identity provider is called at the start of a sentence. */
  readonly provider: string;
}) {
  const isAtGroups = useSearchParams().get("tab") === "groups";
  return (
    <ProviderName value={provider}>
      <PageHead title="Members" />
      <Tabs.Root defaultValue={isAtGroups ? "groups" : "people"}>
        <Tabs.List aria-label="Members" className={TAB_BAR}>
          <Tabs.Trigger value="people" className={TAB}>
            People
          </Tabs.Trigger>
          <Tabs.Trigger value="groups" className={TAB}>
            Groups
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="people">
          <MemberList initialMembers={members} />
        </Tabs.Content>
        <Tabs.Content value="groups">
          <GroupList groups={groups} />
        </Tabs.Content>
      </Tabs.Root>
    </ProviderName>
  );
}
