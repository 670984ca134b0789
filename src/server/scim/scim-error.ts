import { toAppError } from "#server/kernel/errors";

import type { JsonObject } from "./json";

/** The detail codes of RFC 7644 section 3.12 and, for cursors, of RFC 9865 section 2.1. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount"
  | "sensitive";

const ERROR_URN = "urn:ietf:params:scim:api:messages:2.0:Error";

/** A failure in SCIM's own form. `detail` is shown to administrators in Entra's provisioning log. */
export class ScimError extends Error {
  readonly scimType: ScimType | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    readonly detail: string,
    options: { readonly scimType?: ScimType; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.name = "ScimError";
    this.scimType = options.scimType;
    this.headers = options.headers ?? {};
  }
}

/** A 400 with its detail code. */
export function badRequest(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, detail, { scimType });
}

const TYPES: Readonly<Record<string, ScimType>> = {
  BAD_INPUT: "invalidValue",
  CONFLICT: "uniqueness",
  LAST_OWNER: "mutability",
};

/** Any thrown value as a ScimError; what we did not foresee becomes a neutral 500. */
export function toScimError(error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  const failure = toAppError(error);
  const scimType = TYPES[failure.code];
  return new ScimError(failure.httpStatus, failure.message, scimType === undefined ? {} : { scimType });
}

/** The error body of RFC 7644 section 3.12; `status` is a string there. */
export function errorBody(error: ScimError): JsonObject {
  return {
    schemas: [ERROR_URN],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.detail,
  };
}
