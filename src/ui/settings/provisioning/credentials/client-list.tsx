"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../../components/button";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { useToast } from "../../../components/toast";
import { When } from "../../../components/when";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";

import { AddSecretDialog } from "./add-secret-dialog";
import { clientValues } from "./client-values";
import { SecretList } from "./secret-list";
import type { CredentialClient } from "./use-credentials";
import { ValueRow } from "./value-row";

export interface ClientListProps {
  readonly clients: readonly CredentialClient[];
  readonly tokenEndpoint: string;
  readonly onChanged: () => Promise<unknown>;
}

/** Every OAuth client with what its other side needs to know. */
export function ClientList({ clients, tokenEndpoint, onChanged }: ClientListProps) {
  const [revoked, setRevoked] = useState<CredentialClient | null>(null);
  const [extended, setExtended] = useState<CredentialClient | null>(null);
  return (
    <>
      <ul className="flex flex-col gap-4">
        {clients.map((client) => (
          <li
            key={client.id}
            aria-label={client.name}
            className="rounded-lg border border-line p-4 max-sm:p-3"
          >
            <div className="flex items-start justify-between gap-3">
              <div className="min-w-0">
                <h3 className="text-sm font-semibold break-words">{client.name}</h3>
                <p className="text-xs text-ink-soft">
                  {client.proof === "federated" ? "Entra vouches for it, no secret" : "Client secret"}, made{" "}
                  <When at={client.createdAt} />,{" "}
                  {client.lastUsedAt ? (
                    <>
                      used <When at={client.lastUsedAt} />
                    </>
                  ) : (
                    "never used"
                  )}
                </p>
              </div>
              <Button variant="soft" onClick={() => setRevoked(client)} aria-label={`Revoke ${client.name}`}>
                Revoke
              </Button>
            </div>
            <dl className="mt-3 flex flex-col gap-1">
              {clientValues(client, tokenEndpoint).map(([label, value]) => (
                <ValueRow key={label} label={label} value={value} />
              ))}
            </dl>
            {client.proof === "secret" ? (
              <SecretList client={client} onAdd={() => setExtended(client)} onChanged={onChanged} />
            ) : null}
          </li>
        ))}
      </ul>
      <RevokeClient client={revoked} onClose={() => setRevoked(null)} onChanged={onChanged} />
      <AddSecretDialog client={extended} onClose={() => setExtended(null)} onChanged={onChanged} />
    </>
  );
}

function RevokeClient({
  client,
  onClose,
  onChanged,
}: {
  readonly client: CredentialClient | null;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<unknown>;
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const revoke = useMutation(
    trpc.scim.credentials.revokeClient.mutationOptions({
      onSuccess: async () => {
        onClose();
        await onChanged();
        toast({ text: "The client was revoked, and its access tokens with it." });
      },
    }),
  );
  return (
    <ConfirmDialog
      open={client !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Revoke ${client?.name ?? "the client"}?`}
      action="Revoke client"
      danger
      pending={revoke.isPending}
      error={revoke.error ? errorText(revoke.error) : undefined}
      consequence={
        <p>
          It gets no access tokens any more, and those that it has stop working at once. There is no way back;
          a new client has another id.
        </p>
      }
      onConfirm={() => {
        if (client) revoke.mutate({ workspaceSlug: slug, clientId: client.id });
      }}
    />
  );
}
