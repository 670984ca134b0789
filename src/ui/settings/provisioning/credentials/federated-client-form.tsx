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

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whom to believe: one application of one Entra tenant. */
export function FederatedClientForm({ onMade, onClose }: ClientFormProps) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const [tenant, setTenant] = useState("");
  const [subject, setSubject] = useState("");
  const [audience, setAudience] = useState("");
  const input = {
    name,
    entraTenantId: tenant.trim(),
    subject: subject.trim(),
    audience: audience.trim(),
  };
  const create = useMutation(
    trpc.scim.credentials.createFederatedClient.mutationOptions({
      onSuccess: ({ clientId }) =>
        onMade({ client: { id: clientId, proof: "federated", ...input }, secret: null }),
    }),
  );
  const isTenantWrong = tenant.trim() !== "" && !GUID.test(tenant.trim());
  const isReady =
    name.trim() !== "" && GUID.test(input.entraTenantId) && input.subject !== "" && input.audience !== "";
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ workspaceSlug: slug, ...input });
      }}
    >
      <TextField
        label="Name"
        autoFocus
        required
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label="Entra tenant ID"
        hint="Part of the issuer that Entra shows; also on the Overview of the admin center."
        required
        spellCheck={false}
        autoComplete="off"
        className="font-mono text-xs"
        value={tenant}
        error={isTenantWrong ? "A tenant ID has the form 00000000-0000-0000-0000-000000000000." : undefined}
        onChange={(event) => setTenant(event.target.value)}
      />
      <TextField
        label="Subject"
        hint="Exactly as Entra shows it."
        required
        spellCheck={false}
        autoComplete="off"
        className="font-mono text-xs"
        value={subject}
        onChange={(event) => setSubject(event.target.value)}
      />
      <TextField
        label="Audience"
        hint="Whom Entra writes its assertion for: api:// with the application ID, as Entra shows it."
        required
        spellCheck={false}
        autoComplete="off"
        className="font-mono text-xs"
        value={audience}
        onChange={(event) => setAudience(event.target.value)}
      />
      {create.error ? <ErrorNote>{errorText(create.error)}</ErrorNote> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending} disabled={!isReady}>
          Create client
        </Button>
      </DialogActions>
    </form>
  );
}
