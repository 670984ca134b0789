"use client";

import { Tabs } from "radix-ui";

import { PageHead } from "../../components/page-head";
import type { GroupRow, MemberRow } from "../../trpc/client";

import { GroupList } from "./group-list";
import { MemberList } from "./member-list";

const TAB =
  "-mb-px border-b-2 border-transparent px-1 pb-2 text-sm text-ink-soft transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink";

/** People and groups of the workspace. */
export function MembersPage({
  members,
  groups,
}: {
  readonly members: MemberRow[];
  readonly groups: GroupRow[];
}) {
  return (
    <>
      <PageHead title="Members" />
      <Tabs.Root defaultValue="people">
        <Tabs.List aria-label="Members" className="mb-4 flex gap-5 border-b border-line">
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
    </>
  );
}
