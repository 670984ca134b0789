"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Badge } from "../../../components/badge";
import { Button } from "../../../components/button";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { useToast } from "../../../components/toast";
import { When } from "../../../components/when";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";
import { useScimConsole } from "../scim-console";

import { ExpiryBadge } from "./expiry-badge";
import type { CredentialToken } from "./use-credentials";

/** The tokens that work at present: one, or two while one follows the other. */
export function TokenList({
  tokens,
  onChanged,
}: {
  readonly tokens: readonly CredentialToken[];
  readonly onChanged: () => Promise<unknown>;
}) {
  const [asked, setAsked] = useState<CredentialToken | null>(null);
  return (
    <>
      <ul aria-label="Tokens that work" className="divide-y divide-line rounded-lg border border-line">
        {tokens.map((token) => (
          <li key={token.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-sm">
            <span className="font-mono text-xs">…{token.lastFour}</span>
            <span className="flex min-w-40 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-soft">
              {token.isCurrent ? <Badge tone="good">Current</Badge> : <Badge>Former</Badge>}
              <ExpiryBadge expiresAt={token.expiresAt} hasSuccessor={!token.isCurrent} />
              <span>
                Made <When at={token.createdAt} />,{" "}
                {token.lastUsedAt ? (
                  <>
                    used <When at={token.lastUsedAt} />
                  </>
                ) : (
                  "never used"
                )}
              </span>
            </span>
            <Button variant="soft" onClick={() => setAsked(token)} aria-label={`Revoke …${token.lastFour}`}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <RevokeToken token={asked} onClose={() => setAsked(null)} onChanged={onChanged} />
    </>
  );
}

function RevokeToken({
  token,
  onClose,
  onChanged,
}: {
  readonly token: CredentialToken | null;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<unknown>;
}) {
  const { slug } = useWorkspace();
  const { provider } = useScimConsole();
  const trpc = useTRPC();
  const toast = useToast();
  const revoke = useMutation(
    trpc.scim.credentials.revokeToken.mutationOptions({
      onSuccess: async () => {
        onClose();
        await onChanged();
        toast({ text: "The token was revoked. Whoever has it is refused from now on." });
      },
    }),
  );
  return (
    <ConfirmDialog
      open={token !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Revoke the token …${token?.lastFour ?? ""}?`}
      action="Revoke token"
      danger
      pending={revoke.isPending}
      error={revoke.error ? errorText(revoke.error) : undefined}
      consequence={
        token?.isCurrent ? (
          <p>
            This is the current token. {provider} is refused from now on, and people who leave are no longer
            cut off here, until you rotate and paste a new one there.
          </p>
        ) : (
          <p>Make sure that {provider} uses the new one already. The current token goes on working.</p>
        )
      }
      onConfirm={() => {
        if (token) revoke.mutate({ workspaceSlug: slug, tokenId: token.id });
      }}
    />
  );
}
