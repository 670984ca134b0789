"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Badge } from "../../components/badge";
import { Button } from "../../components/button";
import { CopyField } from "../../components/copy-field";
import { PageHead } from "../../components/page-head";
import { When } from "../../components/when";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type SamlSettings } from "../../trpc/client";
import { Step, Steps } from "../step";

import { CertificateList } from "./certificate-list";
import { MetadataForm } from "./metadata-form";
import { RemoveSso } from "./remove-sso";
import { SsoOptions } from "./sso-options";

/** Single sign-on by SAML: what is done, what is next, in the words of Entra's portal. */
export function SsoPage({ initial }: { readonly initial: SamlSettings }) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = trpc.saml.get.queryOptions({ workspaceSlug: slug });
  const { connection, serviceProvider } = useQuery({ ...options, initialData: initial }).data;
  const refresh = () => cache.invalidateQueries({ queryKey: options.queryKey });
  const isOn = connection !== null;

  return (
    <>
      <PageHead
        title="Single sign-on"
        description="People sign in with their company account through Microsoft Entra ID, or another identity provider that speaks SAML 2.0."
        state={isOn ? <Badge tone="good">On</Badge> : <Badge>Not set up</Badge>}
      />
      <Steps label="Set up single sign-on">
        <Step
          number={1}
          title="Copy these values into Entra"
          state={isOn ? "done" : "now"}
          description="In the Entra admin centre open Enterprise applications, then your application, Single sign-on, SAML, and edit “Basic SAML Configuration”. Leave Relay State and Logout URL empty."
        >
          <CopyField label="Identifier (Entity ID)" value={serviceProvider.entityId} />
          <CopyField label="Reply URL (Assertion Consumer Service URL)" value={serviceProvider.acsUrl} />
          <CopyField label="Sign on URL" value={serviceProvider.loginUrl} />
          <p className="text-sm text-ink-soft">
            Or upload Chalkroom&apos;s own file there:{" "}
            <a
              href={serviceProvider.metadataUrl}
              download="chalkroom-metadata.xml"
              className="text-accent underline underline-offset-2"
            >
              service provider metadata
            </a>
            .
          </p>
        </Step>
        <Step
          number={2}
          title="Bring Entra's metadata here"
          state={isOn ? "done" : "now"}
          description="Under “SAML Certificates” copy “App Federation Metadata Url”, or download “Federation Metadata XML”. You see what was read before anything is saved."
        >
          {connection ? (
            <Connection connection={connection} onChanged={refresh} />
          ) : (
            <MetadataForm connection={null} onSaved={refresh} />
          )}
        </Step>
        <Step
          number={3}
          title="Decide how people come in"
          state={isOn ? "now" : "later"}
          description={isOn ? undefined : "These choices open once the metadata is saved."}
        >
          {connection ? <SsoOptions connection={connection} onChanged={refresh} /> : null}
        </Step>
      </Steps>
      {connection ? <RemoveSso onRemoved={refresh} /> : null}
    </>
  );
}

function Connection({
  connection,
  onChanged,
}: {
  readonly connection: NonNullable<SamlSettings["connection"]>;
  readonly onChanged: () => Promise<void>;
}) {
  const [isReplacing, setReplacing] = useState(false);
  return (
    <>
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
        <dt className="text-ink-soft">Entity ID</dt>
        <dd className="font-mono text-xs leading-5 break-all">{connection.idpEntityId}</dd>
        <dt className="text-ink-soft">Sign-on URL</dt>
        <dd className="font-mono text-xs leading-5 break-all">{connection.ssoUrl}</dd>
        <dt className="text-ink-soft">Saved</dt>
        <dd>
          <When at={connection.updatedAt} />
        </dd>
      </dl>
      <CertificateList certificates={connection.certificates} />
      {isReplacing ? (
        <MetadataForm
          connection={connection}
          onSaved={async () => {
            await onChanged();
            setReplacing(false);
          }}
          onCancel={() => setReplacing(false)}
        />
      ) : (
        <Button className="self-start" onClick={() => setReplacing(true)}>
          Replace metadata
        </Button>
      )}
    </>
  );
}
