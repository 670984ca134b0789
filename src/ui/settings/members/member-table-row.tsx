"use client";

import { MoreHorizontal, Trash2, UserCheck, UserX } from "lucide-react";

import { Avatar } from "../../components/avatar";
import { Badge } from "../../components/badge";
import { IconButton } from "../../components/icon-button";
import { Menu, MenuItem, MenuLine } from "../../components/menu";
import { Select } from "../../components/select";
import { Cell } from "../../components/table";
import { When } from "../../components/when";
import { useWorkspace } from "../../frame/workspace-context";
import type { MemberRow } from "../../trpc/client";
import { inSentence } from "../provider-name";
import { assignableRoles, parseGivenRole, ROLE_LABELS, type GivenRole } from "../role-names";

import { reactivationRefusal, removalRefusal } from "./hold-text";
import { ManagedMark } from "./managed-mark";
import { sourceLabel } from "./member-source";
import { useProviderName } from "./provider-context";

export interface MemberTableRowProps {
  readonly member: MemberRow;
  readonly isSettingRole: boolean;
  readonly onRole: (role: GivenRole) => void;
  readonly onDeactivate: () => void;
  readonly onReactivate: () => void;
  readonly onRemove: () => void;
}

/** One person. Nobody changes their own role or access here: the last way in could close behind them. */
export function MemberTableRow(props: MemberTableRowProps) {
  const { member, isSettingRole, onRole } = props;
  const { me, canManage } = useWorkspace();
  const isMe = member.id === me.memberId;
  const isBeyondMe = member.role === "owner" && me.role !== "owner";
  const maySetRole = canManage && !isMe && member.active && !isBeyondMe && !member.holds.role;
  return (
    <tr className={member.active ? "" : "text-ink-soft"}>
      <Cell className="w-full max-w-0 min-w-36">
        <div className="flex items-center gap-3">
          <span className="max-sm:hidden">
            <Avatar name={member.name} size={28} />
          </span>
          <div className="min-w-0">
            <p className="truncate font-medium">
              {member.name}
              {isMe ? <span className="font-normal text-ink-soft"> (you)</span> : null}
            </p>
            <p className="truncate text-xs text-ink-soft">{member.email ?? member.userName}</p>
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 md:hidden">
              {member.holds.removal ? <ManagedMark what={MANAGED} /> : null}
              <span className="sm:hidden">{member.active ? null : <StatusBadge member={member} />}</span>
            </span>
          </div>
        </div>
      </Cell>
      <Cell className="whitespace-nowrap">
        {maySetRole ? (
          <Select
            label={`Role of ${member.name}`}
            value={member.role}
            disabled={isSettingRole}
            options={assignableRoles(me.role, member.role).map((role) => ({
              value: role,
              label: ROLE_LABELS[role],
            }))}
            onChange={(event) => {
              const role = parseGivenRole(event.target.value);
              if (role) onRole(role);
            }}
            className="w-28 max-sm:w-24"
          />
        ) : (
          <HeldRole member={member} />
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft max-md:hidden">
        <span title={member.groups.length > 0 ? `Groups: ${member.groups.join(", ")}` : undefined}>
          {member.holds.removal ? <ManagedMark what={MANAGED} /> : sourceLabel(member)}
        </span>
      </Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        <StatusBadge member={member} />
      </Cell>
      {canManage ? (
        <Cell className="pr-2 pl-0 text-right">{isMe || isBeyondMe ? null : <MemberMenu {...props} />}</Cell>
      ) : null}
    </tr>
  );
}

/** What is meant by a managed person. */
const MANAGED = "their name, addresses, groups and access";

/** A role that cannot be chosen here, and who chooses it when it is not the administrators. */
function HeldRole({ member }: { readonly member: MemberRow }) {
  const provider = useProviderName();
  return (
    <>
      {ROLE_LABELS[member.role]}
      {member.holds.role ? (
        <span
          className="block text-xs text-ink-soft"
          title={`${provider} gave this role. Change it there: a change here would not be noticed.`}
        >
          set by {inSentence(provider)}
        </span>
      ) : null}
    </>
  );
}

function MemberMenu({ member, onDeactivate, onReactivate, onRemove }: MemberTableRowProps) {
  const provider = useProviderName();
  return (
    <Menu trigger={<IconButton icon={MoreHorizontal} label={`Actions for ${member.name}`} />}>
      {member.active ? (
        <MenuItem icon={UserX} danger onSelect={onDeactivate}>
          Deactivate
        </MenuItem>
      ) : (
        <MenuItem icon={UserCheck} refusal={reactivationRefusal(member, provider)} onSelect={onReactivate}>
          Reactivate
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={Trash2} danger refusal={removalRefusal(member, provider)} onSelect={onRemove}>
        Remove from workspace
      </MenuItem>
    </Menu>
  );
}

function StatusBadge({ member }: { readonly member: MemberRow }) {
  if (member.active) return <Badge tone="good">Active</Badge>;
  return (
    <Badge>
      Deactivated{" "}
      {member.deactivatedAt ? (
        <span className="font-normal max-lg:hidden">
          <When at={member.deactivatedAt} />
        </span>
      ) : null}
    </Badge>
  );
}
