"use client";

import { ConfirmDialog } from "../../components/confirm-dialog";
import type { MemberRow } from "../../trpc/client";
import { inSentence } from "../provider-name";

import { useProviderName } from "./provider-context";

/** A question about one member, open until it is answered. */
export interface MemberDialogProps {
  readonly member: MemberRow;
  readonly pending: boolean;
  readonly error: string | undefined;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Says what deactivation does before it does it. */
export function DeactivateDialog({ member, pending, error, onClose, onConfirm }: MemberDialogProps) {
  const provider = useProviderName();
  const they = inSentence(provider);
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
              {provider} manages this person and is not told about this. Disable the account there as well: at
              its next change of this person, {they} may let them in again.
            </p>
          ) : null}
        </>
      }
    />
  );
}
