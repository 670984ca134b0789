"use client";

import { ConfirmDialog } from "../../components/confirm-dialog";
import type { MemberRow } from "../../trpc/client";

/** Says what deactivation does before it does it. */
export function DeactivateDialog({
  member,
  pending,
  error,
  onClose,
  onConfirm,
}: {
  readonly member: MemberRow;
  readonly pending: boolean;
  readonly error: string | undefined;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Deactivate ${member.name}?`}
      danger
      action="Deactivate"
      pending={pending}
      error={error}
      onConfirm={onConfirm}
      consequence={
        <>
          <p>
            {member.name} is signed out everywhere within a second, also from open boards, and cannot sign in
            again. What they drew stays. Reactivating brings back role, groups and boards.
          </p>
          {member.scimManaged ? (
            <p>
              Entra manages this person and is not told about this. Disable the account there as well, or
              Entra may activate it again.
            </p>
          ) : null}
        </>
      }
    />
  );
}
