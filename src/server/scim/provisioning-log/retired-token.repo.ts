import { db } from "#server/db/index";
import { takeToken } from "#server/kernel/rate-limit";

import type { ObservedToken } from "../http/observation";

/** Strangers may try tokens as fast as they like; looking back at old ones is not part of what that costs us. */
const LOOKS = { capacity: 20, refillPerSecond: 2 };
/** A provider that was never told of a rotation asks for weeks; the log needs to say so only now and then. */
const ROWS = { capacity: 5, refillPerSecond: 1 / 60 };

/**
 * The workspace whose revoked or expired token this was, so that its log can say why provisioning stopped. Null for a
 * token that was nobody's, and when it was asked for too often.
 */
export async function findRetiredToken(tokenHash: string): Promise<ObservedToken | null> {
  if (takeToken("scim.retired-looks", "all", LOOKS) > 0) return null;
  const rows = await db().$queryRaw<ObservedToken[]>`
    SELECT "id" AS "tokenId", "kind" AS "tokenKind", "workspaceId" FROM "ScimToken" WHERE "tokenHash" = ${tokenHash}`;
  const token = rows[0];
  if (!token || takeToken("scim.retired-rows", token.tokenId, ROWS) > 0) return null;
  return token;
}
