import { env } from "#server/kernel/env";

/** Where clients get access tokens, as identity providers reach it. */
export function tokenEndpoint(): string {
  return `${env().publicUrl}/public-api/oauth2/token`;
}
