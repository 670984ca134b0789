"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../../components/button";
import { DialogActions } from "../../../components/dialog";
import { ErrorNote } from "../../../components/error-note";
import { TextField } from "../../../components/text-field";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import type { ClientFormProps } from "./client-values";

/** A name is all that a client with a secret needs. */
export function SecretClientForm({ onMade, onClose }: ClientFormProps) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const create = useMutation(
    trpc.scim.credentials.createClient.mutationOptions({
      onSuccess: ({ clientId, secret }) =>
        onMade({
          client: { id: clientId, proof: "secret", entraTenantId: null, subject: null, audience: null },
          secret,
        }),
    }),
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ workspaceSlug: slug, name });
      }}
    >
      <TextField
        label="Name"
        autoFocus
        hint="For yourselves, for example “Entra, production”."
        required
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {create.error ? <ErrorNote>{errorText(create.error)}</ErrorNote> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending} disabled={name.trim() === ""}>
          Create client
        </Button>
      </DialogActions>
    </form>
  );
}
