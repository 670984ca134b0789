"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { CautionNote } from "../../../components/error-note";
import { CopyField } from "../../../components/copy-field";
import { useWorkspace } from "../../../frame/workspace-context";
import { Step, Steps, type StepState } from "../../step";
import { useScimConsole } from "../scim-console";
import { TokenCard } from "../token-card";

import { EntraCredentialsSketch, EntraMappingSketch, EntraScopeSketch, MemberSketch } from "./entra-sketches";
import { Mappings } from "./mappings";
import { reached, stepStates, type Milestone } from "./progress";

/** What each step waits for; the steps below come in this order. */
const NEEDED: readonly Milestone[] = [
  "saml",
  "enabled",
  "called",
  "called",
  "provisioned",
  "provisioned",
  "provisioned",
  "provisioned",
];

/** Entra, line by line, in the words of its portal. */
export function EntraGuide() {
  const { scim } = useScimConsole();
  const states = stepStates(NEEDED, reached(scim));
  const state = (number: number) => states[number - 1] ?? "later";
  return (
    <Steps label="Connect Entra">
      <ThisSide state={state} />
      <Credentials state={state} />
      <Mapping state={state} />
      <Start state={state} />
    </Steps>
  );
}

interface PartProps {
  /** Where the step with this number stands. */
  readonly state: (number: number) => StepState;
}

function ThisSide({ state }: PartProps) {
  const { scim, home } = useScimConsole();
  const { slug } = useWorkspace();
  return (
    <>
      <Step
        number={1}
        title="Set up single sign-on"
        state={state(1)}
        description={
          scim.samlConfigured ? (
            "Done: people whom Entra provisions can sign in."
          ) : (
            <>
              People whom Entra provisions sign in through it, so{" "}
              <TextLink href={`/w/${encodeURIComponent(slug)}/settings/sso`}>single sign-on</TextLink> comes
              first.
            </>
          )
        }
      />
      <Step
        number={2}
        title="Turn on SCIM provisioning here"
        state={state(2)}
        description={
          scim.enabled ? (
            "Done: Chalkroom takes Entra's calls."
          ) : (
            <>
              The switch is on the <TextLink href={home}>Overview</TextLink>. It changes nobody yet.
            </>
          )
        }
      />
    </>
  );
}

function Credentials({ state }: PartProps) {
  const { scim, home, refresh } = useScimConsole();
  return (
    <>
      <Step
        number={3}
        title="Open Provisioning in Entra"
        state={state(3)}
        description="In the Entra admin center open Enterprise applications, then your Chalkroom application, Provisioning, and press “New configuration” (in the older portal: “Get started”, then Provisioning Mode “Automatic”)."
      />
      <Step
        number={4}
        title="Paste the two values and test"
        state={state(4)}
        description={
          <>
            Choose “Bearer authentication”, paste both, press “Test Connection”, then “Create” or “Save”.
            Paste the token without the word Bearer; Entra adds it.
          </>
        }
      >
        {scim.enabled ? (
          <>
            <CopyField
              label="Tenant URL"
              value={scim.tenantUrl}
              hint="With its ending: it makes Entra send the newer form of changes. Chalkroom understands the older one, too."
            />
            <TokenCard scim={scim} onChanged={refresh} />
          </>
        ) : null}
        <EntraCredentialsSketch tenantUrl={scim.tenantUrl} />
        {scim.enabled ? (
          <p className="text-sm text-ink-soft">
            “Test Connection” fails? The <TextLink href={`${home}/self-test`}>self-test</TextLink> does the
            same from here and names what is in the way. No long-lived token wanted? Use an{" "}
            <TextLink href={`${home}/credentials`}>OAuth client</TextLink>.
          </p>
        ) : null}
      </Step>
    </>
  );
}

function Mapping({ state }: PartProps) {
  return (
    <>
      <Step
        number={5}
        title="Check the attribute mapping"
        state={state(5)}
        description="Under “Mappings” (newer portal: Attribute mapping) open “Provision Microsoft Entra ID Users” and go through this table."
      >
        <Mappings />
        <EntraMappingSketch />
        <CautionNote>
          Change externalId before the first cycle. Single sign-on knows people by their object ID, so both
          then agree on who somebody is, also after a change of name.
        </CautionNote>
        <p className="max-w-prose text-sm text-ink-soft">
          What else Entra proposes you may keep, it is stored and given back unchanged; or delete what
          Chalkroom need not know, such as telephone numbers and addresses. Groups need no change:
          displayName, objectId as externalId, members.
        </p>
      </Step>
    </>
  );
}

function Start({ state }: PartProps) {
  const { home } = useScimConsole();
  return (
    <>
      <Step
        number={6}
        title="Choose who comes along"
        state={state(6)}
        description="Under “Users and groups” assign people and groups to the application. Groups become groups here; people who are in an assigned group come with it, groups within groups do not."
      >
        <EntraScopeSketch />
      </Step>
      <Step
        number={7}
        title="Try one person"
        state={state(7)}
        description="“Provision on demand” takes one person at once and shows every step. Seconds later they are among the members here, marked like this:"
      >
        <MemberSketch />
      </Step>
      <Step
        number={8}
        title="Start provisioning"
        state={state(8)}
        description={
          <>
            Press “Start provisioning”. The first cycle takes 20 to 40 minutes, and longer with thousands of
            people; from then on Entra comes about every 40 minutes and sends only what changed. Whoever is
            unassigned or disabled is cut off in the next cycle: sessions end, open boards close. The{" "}
            <TextLink href={`${home}/log`}>log</TextLink> shows every call.
          </>
        }
      />
    </>
  );
}

export function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className="rounded-sm text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}
