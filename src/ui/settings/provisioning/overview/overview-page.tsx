"use client";

import { CopyField } from "../../../components/copy-field";
import { Section } from "../../../components/section";
import { inSentence } from "../../provider-name";
import { useScimConsole } from "../scim-console";
import { TokenCard } from "../token-card";

import { ActivityCard } from "./activity-card";
import { ScimSwitch } from "./scim-switch";
import { StatusCard } from "./status-card";

/** The console's first page: the switch, how it goes, and the two values that the other side needs. */
export function OverviewPage() {
  const { scim } = useScimConsole();
  const hasCalled = scim.lastRequestAt !== null;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <ScimSwitch />
      {scim.enabled ? (
        <>
          <StatusCard />
          {hasCalled ? <ActivityCard /> : null}
          <ConnectionValues />
        </>
      ) : null}
    </div>
  );
}

function ConnectionValues() {
  const { scim, provider, refresh } = useScimConsole();
  return (
    <Section
      title="Connection"
      description={`What ${inSentence(provider)} asks for under “Admin Credentials”.`}
    >
      <CopyField label="Tenant URL" value={scim.tenantUrl} />
      <TokenCard scim={scim} onChanged={refresh} />
    </Section>
  );
}
