"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";

import { Button } from "../../components/button";
import { PageHead } from "../../components/page-head";
import { Section } from "../../components/section";
import { Select } from "../../components/select";
import { TextField } from "../../components/text-field";
import { useToast } from "../../components/toast";
import { useTRPC, type WorkspaceSettings } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

/** The workspace's name and what newcomers may do. */
export function GeneralSettings({ workspace }: { readonly workspace: WorkspaceSettings }) {
  return (
    <>
      <PageHead title="General" />
      <div className="flex max-w-2xl flex-col gap-4">
        <NameSection workspace={workspace} />
        <NewcomersSection workspace={workspace} />
      </div>
    </>
  );
}

function NameSection({ workspace }: { readonly workspace: WorkspaceSettings }) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const [name, setName] = useState(workspace.name);
  const update = useMutation(
    trpc.workspace.update.mutationOptions({
      onSuccess: () => {
        toast({ text: "The workspace's name was saved." });
        // The name is in the frame too, which the server renders.
        router.refresh();
      },
    }),
  );
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    update.mutate({ workspaceSlug: workspace.slug, name: name.trim() });
  };
  const isUnchanged = name.trim() === workspace.name || name.trim() === "";
  return (
    <Section
      title="Name"
      description="What everybody sees at the top left. The address of the workspace stays the same."
    >
      <form onSubmit={submit} className="flex items-end gap-2">
        <div className="max-w-sm flex-1">
          <TextField
            label="Workspace name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={80}
            error={update.error ? errorText(update.error) : undefined}
          />
        </div>
        <Button type="submit" variant="primary" disabled={isUnchanged} pending={update.isPending}>
          Save
        </Button>
      </form>
    </Section>
  );
}

const NEWCOMER_ROLES = [
  { value: "editor", label: "Editor" },
  { value: "viewer", label: "Viewer" },
] as const;

function NewcomersSection({ workspace }: { readonly workspace: WorkspaceSettings }) {
  const trpc = useTRPC();
  const toast = useToast();
  const [role, setRole] = useState<string>(workspace.defaultRole);
  const update = useMutation(
    trpc.workspace.update.mutationOptions({
      onSuccess: (_result, input) => {
        toast({ text: `Newcomers will be ${input.defaultRole === "viewer" ? "viewers" : "editors"}.` });
      },
      onError: (error) => {
        setRole(workspace.defaultRole);
        toast({ text: errorText(error), tone: "danger" });
      },
    }),
  );
  return (
    <Section
      title="Role of newcomers"
      description="What people may do who arrive by single sign-on or provisioning without a role of their own. Editors draw; viewers look. People who are here already keep their role."
      aside={
        <Select
          label="Role of newcomers"
          options={NEWCOMER_ROLES}
          value={role}
          disabled={update.isPending}
          onChange={(event) => {
            const next = event.target.value === "viewer" ? "viewer" : "editor";
            setRole(next);
            update.mutate({ workspaceSlug: workspace.slug, defaultRole: next });
          }}
        />
      }
    />
  );
}
