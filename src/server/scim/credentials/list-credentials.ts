import type { WorkspaceScope } from "#server/db/index";

import { tokenEndpoint } from "../oauth/token-endpoint";
import { listClients, type Client } from "./client.repo";
import { listPastedTokens, type PastedToken } from "./token.repo";

/** Everything that may open the workspace's SCIM at present; never a secret itself. */
export interface Credentials {
  readonly tokens: (Omit<PastedToken, "ciphertext"> & { readonly isCurrent: boolean })[];
  /** A federated client's audience is the one its assertions must have, also where none was entered. */
  readonly clients: Client[];
  /** Where clients get their access tokens. */
  readonly tokenEndpoint: string;
}

/** Live tokens (the newest first) and clients that are not revoked (the oldest first). */
export async function listCredentials(scope: WorkspaceScope): Promise<Credentials> {
  const [tokens, clients] = await Promise.all([listPastedTokens(scope), listClients(scope)]);
  return {
    tokens: tokens.map(({ id, lastFour, createdAt, lastUsedAt, expiresAt }, index) => ({
      id,
      lastFour,
      createdAt,
      lastUsedAt,
      expiresAt,
      isCurrent: index === 0,
    })),
    clients: clients.map((client) => ({ ...client, audience: expectedAudience(client) })),
    tokenEndpoint: tokenEndpoint(),
  };
}

function expectedAudience({ proof, audience }: Client): string | null {
  return proof === "federated" ? (audience ?? tokenEndpoint()) : null;
}
