"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useToast } from "../../components/toast";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type MemberRow } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";
import type { GivenRole } from "../role-names";

/** The members of the workspace and the changes an administrator can make; all but removing can be taken back. */
export function useMembers(initial: MemberRow[]) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const cache = useQueryClient();
  const list = trpc.members.list.queryOptions({ workspaceSlug: slug });
  const members = useQuery({ ...list, initialData: initial });
  const refresh = () => cache.invalidateQueries({ queryKey: list.queryKey });
  const onError = (error: unknown) => toast({ text: errorText(error), tone: "danger" });

  const deactivate = useMutation(trpc.members.deactivate.mutationOptions({ onSuccess: refresh }));
  const reactivate = useMutation(trpc.members.reactivate.mutationOptions({ onSuccess: refresh, onError }));
  const setRole = useMutation(
    trpc.members.setRole.mutationOptions({ onSuccess: refresh, onError, onSettled: refresh }),
  );

  const remove = useMutation(trpc.members.remove.mutationOptions({ onSuccess: refresh }));

  return {
    members: members.data,
    remove,
    removeMember: (member: MemberRow, done: () => void) =>
      remove.mutate(
        { workspaceSlug: slug, memberId: member.id },
        {
          onSuccess: () => {
            done();
            toast({ text: `${member.name} was removed from the workspace.` });
          },
        },
      ),
    deactivate,
    deactivateMember: (member: MemberRow, done: () => void) =>
      deactivate.mutate(
        { workspaceSlug: slug, memberId: member.id },
        {
          onSuccess: () => {
            done();
            toast({
              text: `${member.name} was deactivated and signed out everywhere.`,
              action: {
                label: "Reactivate",
                run: () => reactivate.mutate({ workspaceSlug: slug, memberId: member.id }),
              },
            });
          },
        },
      ),
    reactivateMember: (member: MemberRow) =>
      reactivate.mutate(
        { workspaceSlug: slug, memberId: member.id },
        {
          onSuccess: () =>
            toast({ text: `${member.name} can sign in again, with the same role, groups and boards.` }),
        },
      ),
    setMemberRole: (member: MemberRow, role: GivenRole) =>
      setRole.mutate({ workspaceSlug: slug, memberId: member.id, role }),
    isSettingRole: (member: MemberRow) => setRole.isPending && setRole.variables.memberId === member.id,
  };
}
