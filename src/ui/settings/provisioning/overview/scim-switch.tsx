"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";

import { ConfirmDialog } from "../../../components/confirm-dialog";
import { Section } from "../../../components/section";
import { Switch } from "../../../components/switch";
import { useToast } from "../../../components/toast";
import { useWorkspace } from "../../../frame/workspace-context";
import { useTRPC } from "../../../trpc/client";
import { errorText } from "../../../trpc/error-text";
import { inSentence } from "../../provider-name";
import { useScimConsole } from "../scim-console";

/** Turns SCIM on, and off after saying what that means, with a way back. */
export function ScimSwitch() {
  const { slug } = useWorkspace();
  const { scim, provider, refresh } = useScimConsole();
  const trpc = useTRPC();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const onError = (error: unknown) => toast({ text: errorText(error), tone: "danger" });
  const enable = useMutation(trpc.scim.enable.mutationOptions({ onSuccess: refresh, onError }));
  const disable = useMutation(
    trpc.scim.disable.mutationOptions({
      onError,
      onSuccess: async () => {
        await refresh();
        toast({
          text: `SCIM provisioning is off. Calls of ${inSentence(provider)} are refused.`,
          action: { label: "Turn on again", run: () => enable.mutate({ workspaceSlug: slug }) },
        });
      },
    }),
  );

  return (
    <Section title="SCIM" className="[&_h2]:sr-only [&>div:last-child]:mt-0">
      <Switch
        label="SCIM provisioning"
        checked={scim.enabled}
        disabled={!scim.samlConfigured && !scim.enabled}
        pending={enable.isPending || disable.isPending}
        onChange={(on) => (on ? enable.mutate({ workspaceSlug: slug }) : setAsking(true))}
        consequence={<SwitchText />}
      />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Turn off SCIM provisioning?"
        action="Turn off"
        danger
        consequence={
          <p>
            Calls of {inSentence(provider)} are refused from now on: joiners do not appear and leavers are no
            longer cut off. Members and groups stay as they are, and can be changed here.
          </p>
        }
        onConfirm={() => {
          setAsking(false);
          disable.mutate({ workspaceSlug: slug });
        }}
      />
    </Section>
  );
}

function SwitchText() {
  const { slug } = useWorkspace();
  const { scim, provider } = useScimConsole();
  if (scim.enabled) {
    return `${provider} manages people and groups here. While this is off, its calls are refused.`;
  }
  if (scim.samlConfigured) {
    return `Turning it on changes nobody yet: you get a tenant URL and a secret token for ${inSentence(provider)}, which decides from then on.`;
  }
  return (
    <>
      Set up{" "}
      <Link
        href={`/w/${encodeURIComponent(slug)}/settings/sso`}
        className="text-accent underline underline-offset-2"
      >
        single sign-on
      </Link>{" "}
      first: people who are provisioned sign in through it.
    </>
  );
}
