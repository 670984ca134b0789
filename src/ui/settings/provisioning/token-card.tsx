"use client";

import { useMutation } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { Button } from "../../components/button";
import { ConfirmDialog } from "../../components/confirm-dialog";
import { CopyField } from "../../components/copy-field";
import { ErrorNote } from "../../components/error-note";
import { IconButton } from "../../components/icon-button";
import { useToast } from "../../components/toast";
import { When } from "../../components/when";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type ScimSettings } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

/** The secret token: hidden until somebody reveals it, which is written to the audit log. */
export function TokenCard({
  scim,
  onChanged,
}: {
  readonly scim: ScimSettings;
  readonly onChanged: () => Promise<void>;
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const [token, setToken] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const show = (result: { readonly token: string }) => {
    setToken(result.token);
    return onChanged();
  };
  const reveal = useMutation(trpc.scim.reveal.mutationOptions({ onSuccess: show }));
  const rotate = useMutation(
    trpc.scim.rotate.mutationOptions({
      onSuccess: async (result) => {
        setAsking(false);
        await show(result);
        toast({ text: "The new token is shown. Paste it into Entra and press “Test Connection”." });
      },
    }),
  );
  const input = { workspaceSlug: slug };

  return (
    <div className="flex flex-col gap-2">
      {token === null ? (
        <HiddenToken
          lastFour={scim.token?.lastFour}
          pending={reveal.isPending}
          onReveal={() => reveal.mutate(input)}
        />
      ) : (
        <CopyField
          label="Secret Token"
          value={token}
          actions={<IconButton icon={EyeOff} label="Hide token" onClick={() => setToken(null)} />}
        />
      )}
      {reveal.error ? <ErrorNote>{errorText(reveal.error)} The token was not shown.</ErrorNote> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-ink-soft">
        <p>
          {scim.lastReveal ? (
            <>
              Last revealed by {scim.lastReveal.by === "cli" ? "the command line" : scim.lastReveal.by}{" "}
              <When at={scim.lastReveal.at} />.
            </>
          ) : (
            "Nobody has revealed it yet. Every reveal is written to the audit log."
          )}
        </p>
        <button
          type="button"
          onClick={() => setAsking(true)}
          className="rounded-sm text-ink-soft underline underline-offset-2 hover:text-ink"
        >
          Rotate token
        </button>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Rotate the secret token?"
        action="Rotate token"
        pending={rotate.isPending}
        error={rotate.error ? errorText(rotate.error) : undefined}
        onConfirm={() => rotate.mutate(input)}
        consequence={
          <>
            <p>
              You get a new token at once. The present one keeps working for a while, so that nothing is
              missed while you change it in Entra.
            </p>
            <p>Paste the new one under “Admin Credentials” there, press “Test Connection” and Save.</p>
          </>
        }
      />
    </div>
  );
}

function HiddenToken({
  lastFour,
  pending,
  onReveal,
}: {
  readonly lastFour: string | undefined;
  readonly pending: boolean;
  readonly onReveal: () => void;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">Secret Token</span>
      <div className="flex items-stretch gap-2">
        <span className="flex h-8 w-full min-w-0 items-center overflow-hidden rounded-lg border border-line bg-paper px-3 font-mono text-xs whitespace-nowrap text-ink-soft pointer-coarse:h-9">
          <span aria-hidden>{"•".repeat(24)}</span>
          <span className="sr-only">Hidden, ends in </span>
          {lastFour}
        </span>
        <Button pending={pending} onClick={onReveal} className="w-24">
          {pending ? null : <Eye size={16} strokeWidth={1.75} aria-hidden />}
          Reveal
        </Button>
      </div>
    </div>
  );
}
