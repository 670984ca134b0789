import { log } from "#server/kernel/logger";

import type { ResourceType } from "../schema/attributes";

/** Notes in the log which attributes of a request were accepted and not kept: their names, never their values. */
export const logIgnored =
  (resource: ResourceType) =>
  (attribute: string): void =>
    log().debug({ resource, attribute: attribute.slice(0, 100) }, "scim: an attribute was not kept");
