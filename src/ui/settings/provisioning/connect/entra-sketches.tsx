import { Avatar } from "../../../components/avatar";
import { ManagedMark } from "../../members/managed-mark";
import { ProviderName } from "../../members/provider-context";

import { Sketch, SketchButton, SketchChoice, SketchField } from "./sketch";

/** Where the two values go. */
export function EntraCredentialsSketch({ tenantUrl }: { readonly tenantUrl: string }) {
  return (
    <Sketch
      title="Admin Credentials"
      description="Entra's form “Admin Credentials”: authentication method Bearer authentication, the tenant URL in the field Tenant URL, the token in the field Secret token, then the button Test Connection."
    >
      <SketchField name="Authentication method" value="Bearer authentication" />
      <SketchField name="Tenant URL" value={tenantUrl} mono />
      <SketchField name="Secret token" value={"•".repeat(28)} mono />
      <SketchButton press>Test Connection</SketchButton>
    </Sketch>
  );
}

/** The one mapping that everybody should change. */
export function EntraMappingSketch() {
  return (
    <Sketch
      title="Edit Attribute"
      description="Entra's form “Edit Attribute” for externalId: mapping type Direct, source attribute objectId, target attribute externalId, match objects using this attribute No."
    >
      <SketchField name="Mapping type" value="Direct" />
      <SketchField name="Source attribute" value="objectId" mono />
      <SketchField name="Default value" />
      <SketchField name="Target attribute" value="externalId" mono />
      <SketchField name="Match objects" value="No" />
      <SketchButton press>Ok</SketchButton>
    </Sketch>
  );
}

export function EntraScopeSketch() {
  return (
    <Sketch
      title="Settings"
      description="Entra's setting “Scope”: the choice Sync only assigned users and groups is taken."
    >
      <p className="text-ink-soft">Scope</p>
      <SketchChoice
        options={["Sync only assigned users and groups", "Sync all users and groups"]}
        chosen="Sync only assigned users and groups"
      />
    </Sketch>
  );
}

/** What a provisioned person looks like among the members here. */
export function MemberSketch() {
  return (
    <Sketch
      title="Members"
      description="Chalkroom's list of members with a provisioned person: name, address, and the mark “Entra” for whom Entra manages."
    >
      <div className="flex items-center gap-2.5 rounded-md border border-line bg-surface px-3 py-2">
        <Avatar name="Ana Ruiz" />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">Ana Ruiz</span>
          <span className="block truncate text-ink-soft">ana.ruiz@contoso.example</span>
        </span>
        <ProviderName value="Entra">
          <ManagedMark what="this person" />
        </ProviderName>
      </div>
    </Sketch>
  );
}
