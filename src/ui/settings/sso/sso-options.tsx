"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { ConfirmDialog } from "../../components/confirm-dialog";
import { Switch } from "../../components/switch";
import { useToast } from "../../components/toast";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type SamlSettings } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

type Connection = NonNullable<SamlSettings["connection"]>;
type Choice = "allowIdpInitiated" | "jitEnabled" | "enforced";

/** How people may come in. Requiring single sign-on asks first, because it takes passwords away. */
export function SsoOptions({
  connection,
  onChanged,
}: {
  readonly connection: Connection;
  readonly onChanged: () => Promise<void>;
}) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const update = useMutation(
    trpc.saml.update.mutationOptions({
      onSuccess: onChanged,
      onError: (error) => toast({ text: errorText(error), tone: "danger" }),
    }),
  );
  const set = (choice: Choice, value: boolean) => update.mutate({ workspaceSlug: slug, [choice]: value });
  const isPending = (choice: Choice) => update.isPending && update.variables[choice] !== undefined;

  return (
    <div className="flex flex-col divide-y divide-line [&>*]:py-4 [&>*:first-child]:pt-0 [&>*:last-child]:pb-0">
      <Switch
        label="Sign-in from the My Apps portal"
        consequence="People can start from the Chalkroom tile in Microsoft My Apps. When off, sign-in starts here only."
        checked={connection.allowIdpInitiated}
        pending={isPending("allowIdpInitiated")}
        onChange={(value) => set("allowIdpInitiated", value)}
      />
      <Switch
        label="Make members at their first sign-in"
        consequence="Whoever Entra lets through becomes a member with the role of newcomers. When off, only people who are members already get in. Somebody deactivated is refused either way."
        checked={connection.jitEnabled}
        pending={isPending("jitEnabled")}
        onChange={(value) => set("jitEnabled", value)}
      />
      <Switch
        label="Require single sign-on"
        consequence="Passwords stop working for everybody except owners, who keep theirs in case Entra cannot be reached."
        checked={connection.enforced}
        pending={isPending("enforced")}
        onChange={(value) => (value ? setAsking(true) : set("enforced", false))}
      />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Require single sign-on?"
        consequence={
          <p>
            From the next sign-in on, everybody except owners has to come through Entra. People who are signed
            in stay so. Make sure that you have signed in through Entra once yourself. You can switch this off
            again here.
          </p>
        }
        action="Require single sign-on"
        onConfirm={() => {
          setAsking(false);
          set("enforced", true);
        }}
      />
    </div>
  );
}
