import { randomUUID } from "node:crypto";

import { checkChallenge, checkEmptyList } from "./checks";
import { filterQuery } from "./entra-messages";
import { failed } from "./finding";
import type { Step } from "./step";

/** What the button "Test Connection" does in Entra, and that somebody else's token opens nothing. */
export const connectionSteps: readonly Step[] = [
  {
    id: "probe-users",
    phase: "connection",
    name: "Test Connection: look for a person who does not exist",
    expected: 200,
    ask: () => ({ method: "GET", target: `/Users?${filterQuery(`userName eq "${randomUUID()}"`)}` }),
    check: checkEmptyList,
  },
  {
    id: "probe-groups",
    phase: "connection",
    name: "Test Connection: look for a group that does not exist",
    expected: 200,
    ask: () => ({
      method: "GET",
      target: `/Groups?excludedAttributes=members&${filterQuery(`displayName eq "${randomUUID()}"`)}`,
    }),
    check: checkEmptyList,
  },
  {
    id: "wrong-token",
    phase: "connection",
    name: "Refuse a wrong token",
    expected: 401,
    wrongToken: true,
    ask: () => ({ method: "GET", target: `/Users?${filterQuery(`userName eq "${randomUUID()}"`)}` }),
    check: checkChallenge,
  },
];

/** A 200 for a token that is none is no answer of this server's. */
export function wrongTokenAccepted() {
  return failed(
    "wrong-token-accepted",
    "A token that does not exist was accepted: something in front of Chalkroom adds a token of its own to every request, or answers from a cache. Anybody who knows the address could then change your people; take that away before you go on.",
  );
}
