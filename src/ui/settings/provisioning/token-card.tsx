"use client";

import { useMutation } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { Button } from "../../components/button";
import { CopyField } from "../../components/copy-field";
import { ErrorNote } from "../../components/error-note";
import { IconButton } from "../../components/icon-button";
import { When } from "../../components/when";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type ScimSettings } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

import { RotateDialog } from "./credentials/rotate-dialog";

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
  const [token, setToken] = useState<string | null>(null);
  const [isRotating, setRotating] = useState(false);
  const show = (shown: string) => {
    setToken(shown);
    return onChanged();
  };
  const reveal = useMutation(trpc.scim.reveal.mutationOptions({ onSuccess: (result) => show(result.token) }));
  const input = { workspaceSlug: slug };
  const hasToken = scim.token !== null;
  // A token that was revoked or replaced elsewhere must not go on standing here as if it worked.
  const shown = token?.endsWith(scim.token?.lastFour ?? " ") ? token : null;

  return (
    <div className="flex flex-col gap-2">
      {shown === null ? (
        <HiddenToken
          lastFour={scim.token?.lastFour ?? null}
          pending={reveal.isPending}
          onReveal={() => reveal.mutate(input)}
          onMake={() => setRotating(true)}
        />
      ) : (
        <CopyField
          label="Secret Token"
          value={shown}
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
        {hasToken ? (
          <button
            type="button"
            onClick={() => setRotating(true)}
            className="rounded-sm text-ink-soft underline underline-offset-2 hover:text-ink"
          >
            Rotate token
          </button>
        ) : null}
      </div>
      <RotateDialog open={isRotating} hasToken={hasToken} onOpenChange={setRotating} onRotated={show} />
    </div>
  );
}

function HiddenToken({
  lastFour,
  pending,
  onReveal,
  onMake,
}: {
  /** Null when no token is alive. */
  readonly lastFour: string | null;
  readonly pending: boolean;
  readonly onReveal: () => void;
  readonly onMake: () => void;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">Secret Token</span>
      <div className="flex items-stretch gap-2">
        <span className="flex h-8 w-full min-w-0 items-center overflow-hidden rounded-lg border border-line bg-paper px-3 font-mono text-xs whitespace-nowrap text-ink-soft pointer-coarse:h-9">
          {lastFour === null ? (
            "None"
          ) : (
            <>
              <span aria-hidden>{"•".repeat(24)}</span>
              <span className="sr-only">Hidden, ends in </span>
              {lastFour}
            </>
          )}
        </span>
        {lastFour === null ? (
          <Button onClick={onMake}>Make token</Button>
        ) : (
          <Button pending={pending} onClick={onReveal} className="w-24">
            {pending ? null : <Eye size={16} strokeWidth={1.75} aria-hidden />}
            Reveal
          </Button>
        )}
      </div>
    </div>
  );
}
