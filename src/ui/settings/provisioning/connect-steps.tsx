"use client";

import { CopyField } from "../../components/copy-field";
import type { ScimSettings } from "../../trpc/client";
import { Step } from "../step";

import { TokenCard } from "./token-card";

/** What the administrator does in Entra, in its portal's own words and order. */
export function ConnectSteps({
  scim,
  onChanged,
}: {
  readonly scim: ScimSettings;
  readonly onChanged: () => Promise<void>;
}) {
  const hasCalled = (scim.token?.lastUsedAt ?? null) !== null;
  return (
    <>
      <Step
        number={1}
        title="Open Provisioning in Entra"
        state={hasCalled ? "done" : "now"}
        description="In the Entra admin centre open Enterprise applications, then your application, and Provisioning. Set “Provisioning Mode” to Automatic."
      />
      <Step
        number={2}
        title="Paste the admin credentials"
        state={hasCalled ? "done" : "now"}
        description="Under “Admin Credentials” paste both values, press “Test Connection”, then Save."
      >
        <CopyField label="Tenant URL" value={scim.tenantUrl} />
        <TokenCard scim={scim} onChanged={onChanged} />
      </Step>
      <Step
        number={3}
        title="Check the attribute mapping"
        state={hasCalled ? "done" : "later"}
        description={
          <>
            Under “Mappings” open the one for users. Leave <Code>userPrincipalName</Code> on{" "}
            <Code>userName</Code>, which people are matched by, and put <Code>objectId</Code> on{" "}
            <Code>externalId</Code>: Entra proposes <Code>mailNickname</Code> there, which can change and is
            not unique. Single sign-on knows people by the same object ID.
          </>
        }
      />
      <Step
        number={4}
        title="Assign people and start"
        state={hasCalled ? "done" : "later"}
        description="Under “Users and groups” assign whom you want in Chalkroom, set the scope to “Sync only assigned users and groups”, then press “Start provisioning”. The first cycle takes 20 to 40 minutes; “Provision on demand” shows one person at once."
      />
    </>
  );
}

function Code({ children }: { readonly children: string }) {
  return <code className="font-mono text-xs">{children}</code>;
}
