"use client";

import { UsersRound } from "lucide-react";

import { EmptyState } from "../../components/empty-state";
import { Cell, HeadCell, Table } from "../../components/table";
import type { GroupRow } from "../../trpc/client";
import { inSentence } from "../provider-name";

import { ManagedMark } from "./managed-mark";
import { useProviderName } from "./provider-context";

/** The groups of the workspace; provisioning makes and fills them. */
export function GroupList({ groups }: { readonly groups: GroupRow[] }) {
  const they = inSentence(useProviderName());
  if (groups.length === 0) {
    return (
      <EmptyState icon={UsersRound} title="No groups yet">
        Groups come from {they}. Assign one to the Chalkroom application there, and it appears here after the
        next provisioning cycle.
      </EmptyState>
    );
  }
  return (
    <Table
      label="Groups"
      head={
        <>
          <HeadCell>Group</HeadCell>
          <HeadCell className="text-right">People</HeadCell>
          <HeadCell>Source</HeadCell>
        </>
      }
    >
      {groups.map((group) => (
        <tr key={group.id}>
          <Cell className="font-medium">{group.displayName}</Cell>
          <Cell className="text-right">{group.memberCount}</Cell>
          <Cell className="text-ink-soft">
            {group.scimManaged ? <ManagedMark what="this group's name and who is in it" /> : "Chalkroom"}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
