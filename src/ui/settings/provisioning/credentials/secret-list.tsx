"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../../components/button";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { When } from "../../../components/when";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import { ExpiryBadge } from "./expiry-badge";
import type { CredentialClient } from "./use-credentials";

type Secret = CredentialClient["secrets"][number];

export interface SecretListProps {
  readonly client: CredentialClient;
  readonly onAdd: () => void;
  readonly onChanged: () => Promise<unknown>;
}

/** A client's secrets, by their last four characters: one, or two while one follows the other. */
export function SecretList({ client, onAdd, onChanged }: SecretListProps) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const [asked, setAsked] = useState<Secret | null>(null);
  const revoke = useMutation(
    trpc.scim.credentials.revokeSecret.mutationOptions({
      onSuccess: async () => {
        setAsked(null);
        await onChanged();
      },
    }),
  );
  return (
    <div className="mt-3 border-t border-line pt-3">
      <div className="flex items-center justify-between gap-3">
        <h4 className="text-xs font-medium text-ink-soft">Secrets</h4>
        <Button variant="soft" onClick={onAdd} aria-label={`New secret for ${client.name}`}>
          New secret
        </Button>
      </div>
      <ul aria-label={`Secrets of ${client.name}`}>
        {client.secrets.map((secret, index) => (
          <li key={secret.id} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm">
            <span className="font-mono text-xs">…{secret.lastFour}</span>
            <span className="flex min-w-40 flex-1 flex-wrap gap-x-3 text-xs text-ink-soft">
              <ExpiryBadge expiresAt={secret.expiresAt} hasSuccessor={index > 0} />
              <span>
                Made <When at={secret.createdAt} />
              </span>
            </span>
            <Button
              variant="soft"
              onClick={() => setAsked(secret)}
              aria-label={`Revoke secret …${secret.lastFour}`}
            >
              Revoke
            </Button>
          </li>
        ))}
        {client.secrets.length === 0 ? (
          <li className="text-sm text-caution">No secret is left: this client gets no access tokens.</li>
        ) : null}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        title={`Revoke the secret …${asked?.lastFour ?? ""}?`}
        action="Revoke secret"
        danger
        pending={revoke.isPending}
        error={revoke.error ? errorText(revoke.error) : undefined}
        consequence={
          <p>
            Nobody gets an access token with it any more
            {client.secrets.length === 1 ? ", and it is the only one of this client." : "."}
          </p>
        }
        onConfirm={() => {
          if (asked) revoke.mutate({ workspaceSlug: slug, clientId: client.id, secretId: asked.id });
        }}
      />
    </div>
  );
}
