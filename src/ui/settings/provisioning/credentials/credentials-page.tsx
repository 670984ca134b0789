"use client";

import { useState } from "react";

import { Button } from "../../../components/button";
import { ErrorNote } from "../../../components/error-note";
import { Section } from "../../../components/section";
import { Skeleton } from "../../../components/skeleton";
import { errorText } from "../../../trpc/error-text";
import { useScimConsole } from "../scim-console";
import { TokenCard } from "../token-card";

import { ClientList } from "./client-list";
import { NewClientDialog, type NewClientKind } from "./new-client-dialog";
import { TokenList } from "./token-list";
import { useCredentials, type Credentials } from "./use-credentials";

/** Everything that may open the workspace's provisioning: tokens to paste, and clients that fetch their own. */
export function CredentialsPage() {
  const { query, refresh } = useCredentials();
  if (query.data) return <Loaded credentials={query.data} onChanged={refresh} />;
  if (!query.error) return <Loading />;
  return (
    <div className="max-w-3xl">
      <ErrorNote action={<Button onClick={() => void query.refetch()}>Try again</Button>}>
        {errorText(query.error)}
      </ErrorNote>
    </div>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex max-w-3xl flex-col gap-4">
      <Skeleton className="h-44 rounded-xl" />
      <Skeleton className="h-32 rounded-xl" />
    </div>
  );
}

function Loaded({
  credentials,
  onChanged,
}: {
  readonly credentials: Credentials;
  readonly onChanged: () => Promise<unknown>;
}) {
  const { scim, refresh } = useScimConsole();
  const changed = () => Promise.all([refresh(), onChanged()]).then(() => undefined);
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Section
        title="Secret token"
        description="The simplest way, for an application of your own in Entra, and for Okta, OneLogin and JumpCloud: paste it once, rotate it when you like."
      >
        <TokenCard scim={scim} onChanged={changed} />
        {credentials.tokens.length > 0 ? <TokenList tokens={credentials.tokens} onChanged={changed} /> : null}
      </Section>
      <Clients credentials={credentials} onChanged={changed} />
    </div>
  );
}

function Clients({
  credentials: { clients, tokenEndpoint },
  onChanged,
}: {
  readonly credentials: Credentials;
  readonly onChanged: () => Promise<unknown>;
}) {
  const [kind, setKind] = useState<NewClientKind | null>(null);
  return (
    <Section
      title="OAuth clients"
      description="Nothing long-lived on the wire: the identity provider fetches access tokens that live an hour. Entra offers it as “OAuth2 client credentials grant” and, with no secret at all, as “Workload identity federation”."
    >
      {clients.length > 0 ? (
        <ClientList clients={clients} tokenEndpoint={tokenEndpoint} onChanged={onChanged} />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setKind("secret")}>New client with a secret</Button>
        <Button onClick={() => setKind("federated")}>New client that Entra vouches for</Button>
      </div>
      <NewClientDialog
        kind={kind}
        tokenEndpoint={tokenEndpoint}
        onClose={() => setKind(null)}
        onChanged={onChanged}
      />
    </Section>
  );
}
