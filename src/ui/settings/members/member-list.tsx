"use client";

import { Search } from "lucide-react";
import { useState } from "react";

import { EmptyState } from "../../components/empty-state";
import { HeadCell, Table } from "../../components/table";
import { useWorkspace } from "../../frame/workspace-context";
import type { MemberRow } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

import { DeactivateDialog } from "./deactivate-dialog";
import { matchesSearch } from "./match-search";
import { MemberTableRow } from "./member-table-row";
import { RemoveDialog } from "./remove-dialog";
import { useMembers } from "./use-members";

/** Everybody in the workspace, searchable; administrators change roles and access here. */
export function MemberList({ initialMembers }: { readonly initialMembers: MemberRow[] }) {
  const { canManage } = useWorkspace();
  const [search, setSearch] = useState("");
  const [leaving, setLeaving] = useState<MemberRow | null>(null);
  const [removed, setRemoved] = useState<MemberRow | null>(null);
  const api = useMembers(initialMembers);
  const found = api.members.filter((member) => matchesSearch(member, search));
  const active = api.members.filter((member) => member.active).length;

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <div className="relative w-full sm:w-72">
          <Search
            size={16}
            strokeWidth={1.75}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-soft"
          />
          <input
            type="search"
            aria-label="Search members"
            placeholder="Name, e-mail or group"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="h-8 w-full rounded-lg border border-line-strong bg-surface pr-3 pl-8 text-sm pointer-coarse:h-9"
          />
        </div>
        <p role="status" className="text-sm text-ink-soft tabular-nums">
          {search === "" ? `${active} active, ${api.members.length} in all` : `${found.length} found`}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState title={`Nobody matches “${search}”`}>
          Search looks at names, e-mail addresses and groups.
        </EmptyState>
      ) : (
        <Table
          label="Members"
          head={
            <>
              <HeadCell>Name</HeadCell>
              <HeadCell>Role</HeadCell>
              <HeadCell className="max-md:hidden">Source</HeadCell>
              <HeadCell className="max-sm:hidden">Status</HeadCell>
              {canManage ? (
                <HeadCell>
                  <span className="sr-only">Actions</span>
                </HeadCell>
              ) : null}
            </>
          }
        >
          {found.map((member) => (
            <MemberTableRow
              key={member.id}
              member={member}
              isSettingRole={api.isSettingRole(member)}
              onRole={(role) => api.setMemberRole(member, role)}
              onDeactivate={() => setLeaving(member)}
              onReactivate={() => api.reactivateMember(member)}
              onRemove={() => setRemoved(member)}
            />
          ))}
        </Table>
      )}
      {leaving ? (
        <DeactivateDialog
          member={leaving}
          pending={api.deactivate.isPending}
          error={api.deactivate.error ? errorText(api.deactivate.error) : undefined}
          onClose={() => {
            setLeaving(null);
            api.deactivate.reset();
          }}
          onConfirm={() => api.deactivateMember(leaving, () => setLeaving(null))}
        />
      ) : null}
      {removed ? (
        <RemoveDialog
          member={removed}
          pending={api.remove.isPending}
          error={api.remove.error ? errorText(api.remove.error) : undefined}
          onClose={() => {
            setRemoved(null);
            api.remove.reset();
          }}
          onConfirm={() => api.removeMember(removed, () => setRemoved(null))}
        />
      ) : null}
    </>
  );
}
