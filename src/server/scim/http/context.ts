import type { ScimTokenKind } from "#generated/prisma/enums";
import type { WorkspaceScope } from "#server/db/index";
import type { Actor } from "#server/kernel/actor";
import { env } from "#server/kernel/env";

import { SCIM_BASE_PATH } from "../url";
import type { Observe } from "./observation";

/** Who asks and for which workspace; made by authentication, never from the request's own words. */
export interface ScimContext {
  readonly actor: Extract<Actor, { kind: "scim" }>;
  readonly scope: WorkspaceScope;
  readonly tokenKind: ScimTokenKind;
  /** The public URL of the SCIM root, without a trailing slash. */
  readonly baseUrl: string;
  readonly observe: Observe;
}

/** From PUBLIC_URL, because behind a proxy the request's own URL names an inner host. */
export function scimBaseUrl(): string {
  return `${env().publicUrl}${SCIM_BASE_PATH}`;
}
