import type { CredentialClient } from "./use-credentials";

/** What is known of a client besides its secret. */
type ClientFacts = Pick<CredentialClient, "id" | "proof" | "entraTenantId" | "subject" | "audience">;

/** A client that was just made; the secret is shown this once, and a federated one has none. */
export interface MadeClient {
  readonly client: ClientFacts;
  readonly secret: string | null;
}

export interface ClientFormProps {
  readonly onMade: (made: MadeClient) => Promise<void>;
  readonly onClose: () => void;
}

/** What the other side needs to know of a client, in the words of Entra's form; never a secret. */
export function clientValues(
  client: ClientFacts,
  tokenEndpoint: string,
): (readonly [label: string, value: string])[] {
  const own = [
    ["Token endpoint", tokenEndpoint],
    ["Client identifier", client.id],
  ] as const;
  if (client.proof === "secret") return [...own];
  return [
    ...own,
    ["Audience", client.audience ?? tokenEndpoint],
    ["Entra tenant", client.entraTenantId ?? ""],
    ["Subject", client.subject ?? ""],
  ];
}
