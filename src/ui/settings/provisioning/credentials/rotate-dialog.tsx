"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../../components/button";
import { Dialog, DialogActions } from "../../../components/dialog";
import { ErrorNote } from "../../../components/error-note";
import { useToast } from "../../../components/toast";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import { Choice } from "./choice";
import { OVERLAPS, TOKEN_LIVES } from "./lifetime-options";

export interface RotateDialogProps {
  readonly open: boolean;
  /** Whether there is a token to rotate; without one this makes the first. */
  readonly hasToken: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onRotated: (token: string) => Promise<void>;
}

/** Makes a new secret token, and says how long the present one goes on. */
export function RotateDialog({ open, hasToken, onOpenChange, onRotated }: RotateDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={hasToken ? "Rotate the secret token?" : "Make a secret token?"}
      description={
        hasToken
          ? "You get a new token at once. While both work nothing is missed, so there is time to paste the new one on the other side."
          : "Whoever has it may manage the people and groups of this workspace."
      }
    >
      <RotateForm hasToken={hasToken} onClose={() => onOpenChange(false)} onRotated={onRotated} />
    </Dialog>
  );
}

function RotateForm({
  hasToken,
  onClose,
  onRotated,
}: {
  readonly hasToken: boolean;
  readonly onClose: () => void;
  readonly onRotated: RotateDialogProps["onRotated"];
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const [overlap, setOverlap] = useState("24");
  const [life, setLife] = useState("");
  const rotate = useMutation(
    trpc.scim.rotate.mutationOptions({
      onSuccess: async ({ token }) => {
        onClose();
        await onRotated(token);
        toast({ text: "The new token is shown. Paste it on the other side and test the connection there." });
      },
    }),
  );
  return (
    <>
      {hasToken ? (
        <Choice label="The present token" options={OVERLAPS} value={overlap} onChange={setOverlap} />
      ) : null}
      <Choice
        label="The new token expires"
        hint={
          life === ""
            ? "Entra advises so: a token that ends stops provisioning until somebody notices."
            : "Write it down: when it ends, provisioning stops until you paste another one."
        }
        options={TOKEN_LIVES}
        value={life}
        onChange={setLife}
      />
      {rotate.error ? <ErrorNote>{errorText(rotate.error)}</ErrorNote> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          pending={rotate.isPending}
          onClick={() =>
            rotate.mutate({
              workspaceSlug: slug,
              overlapHours: Number(overlap),
              expiresInDays: life === "" ? null : Number(life),
            })
          }
        >
          {hasToken ? "Rotate token" : "Make token"}
        </Button>
      </DialogActions>
    </>
  );
}
