"use client";

import { useState } from "react";

import { Dialog } from "../../../components/dialog";
import { useScimConsole } from "../scim-console";

import { clientValues, type MadeClient } from "./client-values";
import { FederatedClientForm } from "./federated-client-form";
import { SecretClientForm } from "./secret-client-form";
import { ShownOnce } from "./shown-once";

export type NewClientKind = "secret" | "federated";

export interface NewClientDialogProps {
  readonly kind: NewClientKind | null;
  readonly tokenEndpoint: string;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<unknown>;
}

const TEXT = {
  secret: {
    title: "New client with a secret",
    description:
      "The identity provider trades client identifier and secret for access tokens that live an hour (OAuth 2.0 client credentials).",
  },
  federated: {
    title: "New client that Entra vouches for",
    description:
      "Entra signs a statement about itself instead of keeping a secret. Choose “Workload identity federation” there: it shows three values for here.",
  },
} as const;

/** Makes a client, then shows what to paste on the other side. */
export function NewClientDialog({ kind, tokenEndpoint, onClose, onChanged }: NewClientDialogProps) {
  return (
    <Dialog
      open={kind !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={kind ? TEXT[kind].title : ""}
      description={kind ? TEXT[kind].description : undefined}
    >
      {kind ? (
        <Content kind={kind} tokenEndpoint={tokenEndpoint} onClose={onClose} onChanged={onChanged} />
      ) : null}
    </Dialog>
  );
}

function Content({
  kind,
  tokenEndpoint,
  onClose,
  onChanged,
}: NewClientDialogProps & { readonly kind: NewClientKind }) {
  const { scim } = useScimConsole();
  const [made, setMade] = useState<MadeClient | null>(null);
  const show = async (client: MadeClient) => {
    setMade(client);
    await onChanged();
  };
  if (made) {
    const values = [["Tenant URL", scim.tenantUrl] as const, ...clientValues(made.client, tokenEndpoint)];
    // The rest came from the other side.
    const toPaste = values.filter(([label]) =>
      ["Tenant URL", "Token endpoint", "Client identifier"].includes(label),
    );
    return <ShownOnce values={toPaste} secret={made.secret} onDone={onClose} />;
  }
  const Form = kind === "secret" ? SecretClientForm : FederatedClientForm;
  return <Form onMade={show} onClose={onClose} />;
}
