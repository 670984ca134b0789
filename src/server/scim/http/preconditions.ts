import { ScimError } from "../scim-error";

/** The conditional headers of a request (RFC 7644 section 3.14); Entra sends none, so none is ever required. */
export interface Preconditions {
  readonly ifMatch: string | null;
  readonly ifNoneMatch: string | null;
}

function matches(header: string, version: number): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//i, "").replace(/^"|"$/g, ""));
  return tags.includes("*") || tags.includes(String(version));
}

/**
 * The conditions of a request that changes a resource (RFC 9110 sections 13.1.1 and 13.1.2).
 * @throws ScimError 412 when the resource has changed since the client read it
 */
export function requireMatch({ ifMatch, ifNoneMatch }: Preconditions, version: number): void {
  if (ifMatch !== null && !matches(ifMatch, version)) {
    throw new ScimError(412, "The resource has changed since it was read.");
  }
  if (ifNoneMatch !== null && matches(ifNoneMatch, version)) {
    throw new ScimError(412, "The resource has the version that the request excludes.");
  }
}

/** Whether a GET may be answered with 304. */
export function isNotModified(preconditions: Preconditions, version: number): boolean {
  return preconditions.ifNoneMatch !== null && matches(preconditions.ifNoneMatch, version);
}
