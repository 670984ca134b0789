import { log } from "#server/kernel/logger";

import type { Answer } from "./answer";
import type { ScimContext } from "./context";
import type { ListRequest } from "./list-request";

const BY_EXTERNAL_ID = /^\s*externalId\s+eq\s/i;

/**
 * Warns when a match by externalId finds several resources. RFC 7643 section 3.1 lets no server refuse that, and Entra
 * gives up on such an object: usually somebody has mapped mailNickname, which is not unique, instead of objectId.
 */
export function warnOfDuplicates({ scope }: ScimContext, { filter }: ListRequest, { body }: Answer): void {
  const found = Number(body?.["totalResults"] ?? 0);
  if (found < 2 || filter === null || !BY_EXTERNAL_ID.test(filter)) return;
  log().warn({ workspaceId: scope.workspaceId, found }, "scim: several resources have one externalId");
}
