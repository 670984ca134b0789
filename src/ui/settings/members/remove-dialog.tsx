"use client";

import { ConfirmDialog } from "../../components/confirm-dialog";

import type { MemberDialogProps } from "./deactivate-dialog";

/** Says that removing, unlike deactivating, cannot be taken back. */
export function RemoveDialog({ member, pending, error, onClose, onConfirm }: MemberDialogProps) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Remove ${member.name} from the workspace?`}
      danger
      action="Remove"
      pending={pending}
      error={error}
      onConfirm={onConfirm}
      consequence={
        <>
          <p>
            {member.name} is signed out everywhere, leaves all groups and is not listed any more. What they
            drew stays. This cannot be taken back: whoever comes again under this name comes as somebody new.
          </p>
          {member.scimManaged ? (
            <p>
              They were provisioned before SCIM was turned off. When it is on again and they are still
              assigned, provisioning may have to be restarted there to bring them back.
            </p>
          ) : null}
        </>
      }
    />
  );
}
