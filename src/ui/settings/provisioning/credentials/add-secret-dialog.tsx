"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../../components/button";
import { Dialog, DialogActions } from "../../../components/dialog";
import { ErrorNote } from "../../../components/error-note";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import { Choice } from "./choice";
import { OVERLAPS, SECRET_LIVES } from "./lifetime-options";
import { ShownOnce } from "./shown-once";
import type { CredentialClient } from "./use-credentials";

export interface AddSecretDialogProps {
  readonly client: CredentialClient | null;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<unknown>;
}

/** A second secret for a client, so that one can be changed over without a gap. */
export function AddSecretDialog({ client, onClose, onChanged }: AddSecretDialogProps) {
  return (
    <Dialog
      open={client !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`New secret for ${client?.name ?? "the client"}`}
    >
      {client ? <Form clientId={client.id} onClose={onClose} onChanged={onChanged} /> : null}
    </Dialog>
  );
}

function Form({
  clientId,
  onClose,
  onChanged,
}: Omit<AddSecretDialogProps, "client"> & { readonly clientId: string }) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const [overlap, setOverlap] = useState("24");
  const [life, setLife] = useState("730");
  const add = useMutation(trpc.scim.credentials.addSecret.mutationOptions({ onSuccess: onChanged }));
  if (add.data) return <ShownOnce values={[]} secret={add.data.secret} onDone={onClose} />;
  return (
    <>
      <Choice label="The present secret" options={OVERLAPS} value={overlap} onChange={setOverlap} />
      <Choice label="The new secret expires" options={SECRET_LIVES} value={life} onChange={setLife} />
      {add.error ? <ErrorNote>{errorText(add.error)}</ErrorNote> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          pending={add.isPending}
          onClick={() =>
            add.mutate({
              workspaceSlug: slug,
              clientId,
              overlapHours: Number(overlap),
              expiresInDays: Number(life),
            })
          }
        >
          Make secret
        </Button>
      </DialogActions>
    </>
  );
}
