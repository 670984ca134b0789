"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";

import { Badge } from "../../components/badge";
import { ConfirmDialog } from "../../components/confirm-dialog";
import { PageHead } from "../../components/page-head";
import { Section } from "../../components/section";
import { Switch } from "../../components/switch";
import { useToast } from "../../components/toast";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type ScimSettings } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";
import { Steps } from "../step";

import { ConnectSteps } from "./connect-steps";
import { ScimStatus } from "./scim-status";

/** How often an open page asks whether Entra has called, in milliseconds. */
const STATUS_EVERY = 15_000;

/** SCIM provisioning: the switch, what Entra needs, and whether it works. */
export function ProvisioningPage({ initial }: { readonly initial: ScimSettings }) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = trpc.scim.get.queryOptions({ workspaceSlug: slug });
  const scim = useQuery({ ...options, initialData: initial, refetchInterval: STATUS_EVERY }).data;
  const refresh = () => cache.invalidateQueries({ queryKey: options.queryKey });

  return (
    <>
      <PageHead
        title="Provisioning"
        description="Entra creates people and groups here, keeps them up to date, and cuts people off the moment they leave."
        state={scim.enabled ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>}
      />
      <div className="flex max-w-3xl flex-col gap-4">
        <ScimSwitch scim={scim} onChanged={refresh} />
        {scim.enabled ? <ScimStatus scim={scim} /> : null}
      </div>
      {scim.enabled ? (
        <div className="mt-4">
          <Steps label="Connect Entra">
            <ConnectSteps scim={scim} onChanged={refresh} />
          </Steps>
        </div>
      ) : null}
    </>
  );
}

function ScimSwitch({
  scim,
  onChanged,
}: {
  readonly scim: ScimSettings;
  readonly onChanged: () => Promise<void>;
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const onError = (error: unknown) => toast({ text: errorText(error), tone: "danger" });
  const enable = useMutation(trpc.scim.enable.mutationOptions({ onSuccess: onChanged, onError }));
  const disable = useMutation(
    trpc.scim.disable.mutationOptions({
      onError,
      onSuccess: async () => {
        await onChanged();
        toast({
          text: "SCIM provisioning is off. Entra's calls are refused.",
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
        consequence={<SwitchText scim={scim} />}
      />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Turn off SCIM provisioning?"
        action="Turn off"
        danger
        consequence={
          <p>
            Entra&apos;s calls are refused from now on: joiners do not appear and leavers are no longer cut
            off by Entra. Members and groups stay as they are.
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

function SwitchText({ scim }: { readonly scim: ScimSettings }) {
  const { slug } = useWorkspace();
  if (scim.enabled) {
    return "Entra manages people and groups here. When this is off, its calls are refused and everybody stays as they are.";
  }
  if (scim.samlConfigured) {
    return "Turning it on changes nobody yet: you get a tenant URL and a secret token for Entra, and Entra decides from then on.";
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
      first: people whom Entra provisions sign in through it.
    </>
  );
}
