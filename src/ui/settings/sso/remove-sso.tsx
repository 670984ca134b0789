"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../components/button";
import { ConfirmDialog } from "../../components/confirm-dialog";
import { Section } from "../../components/section";
import { useToast } from "../../components/toast";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

/** Takes single sign-on away, and says beforehand that provisioning goes with it. */
export function RemoveSso({ onRemoved }: { readonly onRemoved: () => Promise<void> }) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.saml.remove.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await onRemoved();
        toast({ text: "Single sign-on was removed. Provisioning is off too." });
      },
    }),
  );
  return (
    <>
      <Section
        className="mt-4 max-w-3xl"
        title="Remove single sign-on"
        description="Sign-in through Entra stops, and SCIM provisioning with it."
        aside={
          <Button variant="danger-outline" onClick={() => setAsking(true)}>
            Remove
          </Button>
        }
      />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Remove single sign-on?"
        danger
        action="Remove single sign-on"
        pending={remove.isPending}
        error={remove.error ? errorText(remove.error) : undefined}
        onConfirm={() => remove.mutate({ workspaceSlug: slug })}
        consequence={
          <>
            <p>
              People without a password cannot sign in any more. Members, groups and boards stay as they are.
            </p>
            <p>
              SCIM provisioning stops as well: Entra&apos;s calls are refused, so people who leave the company
              are no longer cut off here by Entra.
            </p>
          </>
        }
      />
    </>
  );
}
