import type { JsonObject } from "../json";

/** What a handler decides; the core turns it into a Response. */
export interface Answer {
  readonly status: number;
  /** Null for answers without a body (204, 304). */
  readonly body: JsonObject | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NO_CONTENT: Answer = { status: 204, body: null };

const LIST_URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** A ListResponse by cursor (RFC 9865 section 2); only the last page has no `nextCursor`. */
export function cursorAnswer(
  resources: readonly JsonObject[],
  total: number,
  nextCursor: string | null,
): Answer {
  return {
    status: 200,
    body: {
      schemas: [LIST_URN],
      totalResults: total,
      itemsPerPage: resources.length,
      ...(nextCursor === null ? {} : { nextCursor }),
      Resources: [...resources],
    },
  };
}

/** A ListResponse (RFC 7644 section 3.4.2): a search without results is a 200 with an empty list, never a 404. */
export function listAnswer(resources: readonly JsonObject[], total: number, startIndex: number): Answer {
  return {
    status: 200,
    body: {
      schemas: [LIST_URN],
      totalResults: total,
      startIndex,
      itemsPerPage: resources.length,
      Resources: [...resources],
    },
  };
}
