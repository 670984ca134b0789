import type { ScimOutcome, ScimTokenKind } from "#generated/prisma/enums";

/**
 * What a request did, or with an outcome of refused or failed was meant to do; "request.refused" where not even that
 * is clear. The interface turns it, with the facts, into a sentence.
 */
export type ScimAction =
  | "connection.tested"
  | "discovery"
  | "bulk"
  | "users.matched"
  | "users.listed"
  | "user.read"
  | "user.created"
  | "user.restored"
  | "user.updated"
  | "user.deactivated"
  | "user.reactivated"
  | "user.deleted"
  | "groups.matched"
  | "groups.listed"
  | "group.read"
  | "group.created"
  | "group.updated"
  | "group.members.added"
  | "group.members.removed"
  | "group.members.replaced"
  | "group.members.changed"
  | "group.deleted"
  | "token.refused"
  | "request.refused";

/** What the sentence needs beside the names of the subjects, which are looked up when it is read. */
export interface ExchangeFacts {
  /** The person's or group's name as it was then: all that is left once a group is deleted. */
  readonly name?: string;
  readonly renamedTo?: string;
  /** SCIM names of the attributes that changed. */
  readonly attributes?: readonly string[];
  /** Members that joined and left a group. */
  readonly added?: number;
  readonly removed?: number;
  readonly filter?: string;
  /** How many resources a search found. */
  readonly found?: number;
  /** Operations of a bulk request, and how many of them failed. */
  readonly operations?: number;
  readonly failures?: number;
  /** A discovery document's name. */
  readonly document?: string;
  /** The role after a change that set it. */
  readonly role?: string;
  /** What kind of thing a request was about whose purpose is unclear. */
  readonly resource?: "member" | "group";
}

/** One finished request. */
export interface Exchange {
  readonly id: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly tokenKind: ScimTokenKind;
  readonly method: string;
  /** Below the SCIM root, normalised, with the query. */
  readonly path: string;
  readonly status: number;
  readonly outcome: ScimOutcome;
  readonly scimType: string | null;
  readonly detail: string | null;
  readonly action: ScimAction;
  readonly facts: ExchangeFacts;
  /** The member or group that was addressed comes first. */
  readonly subjectIds: readonly string[];
}

/** What is written down of it. */
export interface NewExchange extends Exchange {
  readonly workspaceId: string;
  readonly tokenId: string | null;
  readonly isWrite: boolean;
  readonly requestBody: string | null;
  readonly answerBody: string | null;
}

/** Which rows of the log are asked for; all conditions hold together. */
export interface LogFilter {
  readonly subjectId?: string | undefined;
  readonly outcome?: ScimOutcome | readonly ScimOutcome[] | undefined;
  readonly writesOnly?: boolean | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
}
