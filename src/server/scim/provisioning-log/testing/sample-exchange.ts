import { newId } from "#server/kernel/ids";

import type { NewExchange } from "../exchange";

/** A row for tests: somebody looked a person up and found them. */
export function sampleExchange(workspaceId: string, values: Partial<NewExchange> = {}): NewExchange {
  const at = values.at ?? new Date();
  return {
    id: newId(at.getTime()),
    workspaceId,
    at,
    durationMs: 1.5,
    tokenId: null,
    tokenKind: "pasted",
    method: "GET",
    path: "/Users/7",
    status: 200,
    outcome: "done",
    scimType: null,
    detail: null,
    action: "user.read",
    isWrite: false,
    facts: {},
    subjectIds: [],
    requestBody: null,
    answerBody: null,
    ...values,
  };
}
